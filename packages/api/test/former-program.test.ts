import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { certain, createDatabase, nullable } from "@scrapersky/db";
import { findLaterMigrations } from "@scrapersky/db/migrate";
import { type DeclaredColumn, DefinedStatement } from "@scrapersky/db/statement";
import { createTestDatabase } from "@scrapersky/testing/database";
import { findMisdeclared } from "@scrapersky/testing/statements";
import { expect, test } from "vitest";

// Every raw statement of the program that ended at migration 0050, of commit d81cfdbf, with the rows that it expects. It runs beside newer
// ones while those are put in its place. Once a migration says that it may not, this is to be those of the lowest program that may.
const FORMER = "0050_job_names";

interface FormerStatement {
  text: string;
  row: Pick<DeclaredColumn, "name" | "type" | "nullable" | "claimed">[];
}

type SqlType = Parameters<typeof nullable>[0];

test("a program of some migrations ago finds what its statements name, and gets the rows that it expects", async () => {
  const file = join(import.meta.dirname, "fixtures/statements-of-0050.json.gz");
  const former = JSON.parse(gunzipSync(await readFile(file)).toString()) as FormerStatement[];
  expect(former.length).toBeGreaterThan(200);
  const statements = former.map(({ text, row }) => {
    const shape = row.map(({ name, type, ...of }) => {
      const value = type as SqlType;
      return [name, of.nullable ? nullable(value) : of.claimed ? certain(value) : value] as const;
    });
    return new DefinedStatement(text, Object.fromEntries(shape));
  });
  const clone = await createTestDatabase();
  const database = createDatabase({ url: clone.url, max: 1 });
  try {
    expect((await findLaterMigrations(database.db, FORMER)).length).toBeGreaterThan(2);
    expect(await findMisdeclared(database, statements)).toEqual([]);
  } finally {
    await database.close();
    await clone.drop();
  }
});
