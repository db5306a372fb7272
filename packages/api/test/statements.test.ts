import { fileURLToPath } from "node:url";
import { createDatabase } from "@scrapersky/db";
import { createTestDatabase } from "@scrapersky/testing/database";
import { findMisdeclared, loadSources } from "@scrapersky/testing/statements";
import { expect, test } from "vitest";

// How each kind of mistake is found, and in which words: packages/testing/test/statements.test.ts.
test("every raw statement names what the migrated database has, and declares the row that it gives", async () => {
  expect(await loadSources(fileURLToPath(new URL("../src", import.meta.url)))).not.toBe(0);
  const clone = await createTestDatabase();
  const database = createDatabase({ url: clone.url, max: 1 });
  try {
    expect(await findMisdeclared(database)).toEqual([]);
  } finally {
    await database.close();
    await clone.drop();
  }
});
