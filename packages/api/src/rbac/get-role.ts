import { executeRawSql, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";

/**
 * A role by its name.
 * @throws DomainError NOT_FOUND, which names the roles there are
 */
export async function getRole(reader: Reader, word: string): Promise<{ id: number; name: string }> {
  const row = await executeRawSqlOne<{ id: number; name: string }>(
    reader,
    // The first system has ADMIN beside our admin: what was typed exactly goes first.
    `select id, name from roles where lower(name) = lower(:name)
     order by name = :name desc, name = lower(:name) desc, id limit 1`,
    { name: word.trim() },
  );
  if (row) return row;
  const roles = await executeRawSql<{ name: string }>(
    reader,
    "select name from roles group by name order by min(id)",
  );
  const names = roles.map(({ name }) => name).join(", ");
  throw new DomainError("NOT_FOUND", `There is no role "${word}". There are: ${names}.`);
}
