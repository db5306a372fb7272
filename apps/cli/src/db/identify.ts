import { certain, defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";

const mayIdentify = defineStatement(
  "select has_function_privilege('pg_control_system()', 'execute') as may",
  { may: certain("bool") },
);

const identity = defineStatement(
  `select s.system_identifier || '/' || d.oid as identity
   from pg_control_system() s, pg_database d where d.datname = current_database()`,
  { identity: certain("text") },
);

/**
 * What a database is known by at any address: the system that holds it, and its number in there. It
 * outlasts a new host, port, user, password, pooler or name. Null where the role may not see it.
 */
export async function identifyDatabase(reader: Reader): Promise<string | null> {
  const may = await executeRawSqlOne(reader, mayIdentify);
  if (!may?.may) return null;
  return (await executeRawSqlOne(reader, identity))?.identity ?? null;
}
