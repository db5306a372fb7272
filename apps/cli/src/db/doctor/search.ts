import { defineStatement, executeRawSqlOne } from "@scrapersky/db";
import { checkDrift } from "@scrapersky/db/drift";
import type { Finding } from "@scrapersky/db/findings";
import type { Examination } from "./examination.ts";

const trigrams = defineStatement(
  "select exists (select from pg_extension where extname = 'pg_trgm') as present",
  { present: "bool" },
);

/** Operators of the indexes that find any part of a name. */
const OPERATORS = "gin_trgm_ops";

/** Whether a search by any part of a name is answered by an index: without it all rows of a tenant are read. */
export async function checkSearch({ database }: Examination): Promise<Finding> {
  const row = await executeRawSqlOne(database.db, trigrams);
  const { differences } = await checkDrift(database, undefined, { countRows: false });
  const missing = differences.filter(({ expected }) => expected?.includes(OPERATORS));
  if (missing.length === 0) {
    return {
      status: "ok",
      says: "any part of a name, an address or a number is found by an index",
    };
  }
  const mends = missing.flatMap(({ mend }) => mend ?? []);
  return {
    status: "warn",
    says: row?.present
      ? `${missing.length} of the indexes by which any part of a name is found are missing or not as they should be: such a search reads all rows`
      : "the extension pg_trgm is not there, nor the indexes that need it: a search by any part of a name reads all rows",
    todo: [
      ...(row?.present ? [] : ["create extension pg_trgm with schema public;"]),
      ...mends,
    ].join(" "),
  };
}
