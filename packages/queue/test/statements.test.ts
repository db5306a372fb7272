import { createDatabase } from "@scrapersky/db";
import { startTemporaryPostgres } from "@scrapersky/embedded";
import { findMisdeclared, loadSources } from "@scrapersky/testing/statements";
import { join } from "node:path";
import { expect, test } from "vitest";
import { installQueue } from "../src/index.ts";

test("every raw statement names what the queue's tables have, and declares the row that it gives", async () => {
  expect(await loadSources(join(import.meta.dirname, "../src"))).not.toBe(0);
  const server = await startTemporaryPostgres();
  const database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${server.port}/postgres`,
    max: 2,
  });
  try {
    await installQueue(database);
    expect(await findMisdeclared(database)).toEqual([]);
  } finally {
    await database.close();
    await server.stop();
  }
});
