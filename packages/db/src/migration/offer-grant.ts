import { findDatabaseError } from "../session/errors/database-error.ts";
import { executeRawSqlOne } from "../session/scope/raw-sql.ts";
import type { Db } from "../session/types.ts";

const OFFERS: [said: RegExp, offer: (name: string, role: string) => string][] = [
  [
    /^permission denied for schema (\S+)$/,
    (name, role) => `grant usage, create on schema ${name} to ${role};`,
  ],
  [
    /^permission denied for database (\S+)$/,
    (name, role) => `grant create on database ${name} to ${role};`,
  ],
  [
    /^permission denied for (?:table|view|relation) (\S+)$/,
    (name, role) =>
      `grant select, insert, update, delete, references, trigger on ${name} to ${role};`,
  ],
  [
    /^permission denied for sequence (\S+)$/,
    (name, role) => `grant usage, select on sequence ${name} to ${role};`,
  ],
  [
    /^must be owner of (?:table|view|relation) (\S+)$/,
    (name, role) => `alter table ${name} owner to ${role};`,
  ],
  [/^must be owner of schema (\S+)$/, (name, role) => `alter schema ${name} owner to ${role};`],
  [
    /^permission denied to create extension "?([^"]+)"?$/,
    (name) => `create extension "${name}" with schema extensions;`,
  ],
];

/**
 * The statement that gives a role what a migration lacked, for whoever may give it; undefined for every
 * other failure. Tables are named as the server names them, without their schema.
 */
export async function offerGrant(db: Db, error: unknown): Promise<string | undefined> {
  const fault = findDatabaseError(error);
  const said = fault?.sqlstate === "42501" ? fault.server?.message : undefined;
  if (said === undefined) return undefined;
  for (const [pattern, offer] of OFFERS) {
    const name = pattern.exec(said)?.[1];
    if (name === undefined) continue;
    const row = await executeRawSqlOne<{ role: string }>(
      db,
      "select quote_ident(current_user) as role",
    );
    return offer(name, row?.role ?? "current_user");
  }
  return undefined;
}
