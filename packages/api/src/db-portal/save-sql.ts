import type { Tx } from "@scrapersky/db";
import { savedSql } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import { recordAudit } from "../audit/record-audit.ts";
import { DomainError } from "../errors/domain-error.ts";
import { takeLock } from "../lock/take-lock.ts";
import type { Caller } from "../rbac/actor.ts";
import { requirePerson } from "../rbac/require-person.ts";
import { isoTime } from "../time.ts";
import { SAVED_SQL_MAX, type SavedSql, type SaveSql } from "./db-portal.contract.ts";

/**
 * Keeps a statement under a name; one that the caller keeps under it already is replaced.
 * @throws DomainError INVALID_STATE beyond `SAVED_SQL_MAX`
 */
export async function saveSql(tx: Tx, caller: Caller, { name, sql }: SaveSql): Promise<SavedSql> {
  const personId = requirePerson(caller.actor);
  await takeLock(tx, "sql runs", personId);
  const there = await tx
    .select({ name: savedSql.name })
    .from(savedSql)
    .where(eq(savedSql.personId, personId));
  if (there.length >= SAVED_SQL_MAX && !there.some((one) => one.name === name)) {
    throw new DomainError(
      "INVALID_STATE",
      `You keep ${SAVED_SQL_MAX} statements. Delete one first.`,
      { errorCode: "TOO_MANY_SAVED" },
    );
  }
  const [row] = await tx
    .insert(savedSql)
    .values({ personId, name, sql })
    .onConflictDoUpdate({ target: [savedSql.personId, savedSql.name], set: { sql } })
    .returning({ savedId: savedSql.id, createdAt: savedSql.createdAt });
  if (!row) throw new Error("INSERT … RETURNING gave no row");
  await recordAudit(tx, caller, {
    action: "db.saveQuery",
    targetType: "saved sql",
    targetId: row.savedId,
  });
  return { savedId: row.savedId, name, sql, createdAt: isoTime(row.createdAt) };
}
