import type { Reader } from "@scrapersky/db";
import { savedSql } from "@scrapersky/db/schema";
import { asc, eq } from "drizzle-orm";
import type { Actor } from "../rbac/actor.ts";
import { isoTime } from "../time.ts";
import type { SavedSql } from "./db-portal.contract.ts";

/** The statements that the caller keeps, by name. */
export async function findSavedSql(reader: Reader, actor: Actor): Promise<SavedSql[]> {
  const rows = await reader
    .select({
      savedId: savedSql.id,
      name: savedSql.name,
      sql: savedSql.sql,
      createdAt: savedSql.createdAt,
    })
    .from(savedSql)
    .where(eq(savedSql.personId, actor.id))
    .orderBy(asc(savedSql.name));
  return rows.map((row) => ({ ...row, createdAt: isoTime(row.createdAt) }));
}
