import { join } from "node:path";
import { findMisdeclared, loadSources } from "@scrapersky/testing/statements";
import { expect, test } from "vitest";
import { openMigrated } from "./databases.ts";

test("every raw statement of the commands is understood by a migrated database, and declares the row that it gives", async () => {
  // Beside these folders are the programs, which run when they are loaded.
  for (const folder of ["db", "staff"]) {
    expect(await loadSources(join(import.meta.dirname, "../src", folder))).not.toBe(0);
  }
  expect(await findMisdeclared(await openMigrated())).toEqual([]);
});
