import type { Reader } from "@scrapersky/db";
import { roles } from "@scrapersky/db/schema";
import { desc, eq, min, sql } from "drizzle-orm";
import { DomainError } from "../errors/domain-error.ts";

/**
 * A role by its name.
 * @throws DomainError NOT_FOUND, which names the roles there are
 */
export async function getRole(reader: Reader, word: string): Promise<{ id: number; name: string }> {
  const name = word.trim();
  const isCalled = eq(sql`lower(${roles.name})`, sql`lower(${name})`);
  const [row] = await reader
    .select({ id: roles.id, name: roles.name })
    .from(roles)
    .where(isCalled)
    // The first system has ADMIN beside our admin: what was typed exactly goes first.
    .orderBy(desc(eq(roles.name, name)), desc(sql`${roles.name} = lower(${name})`), roles.id)
    .limit(1);
  if (row) return row;
  const known = await reader
    .select({ name: roles.name })
    .from(roles)
    .groupBy(roles.name)
    .orderBy(min(roles.id));
  const names = known.map(({ name }) => name).join(", ");
  throw new DomainError("NOT_FOUND", `There is no role "${word}". There are: ${names}.`);
}
