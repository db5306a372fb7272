import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, beforeAll, expect, test } from "vitest";
import { prepareDatabase } from "../src/database.ts";
import { readEnv } from "../src/env.ts";

let server: EmbeddedPostgres;
beforeAll(async () => {
  server = await startTemporaryPostgres({ database: "given" });
});
afterAll(() => server.stop());

const prepare = async (settings: NodeJS.ProcessEnv): Promise<string> => {
  // Settings of an address are for connections of one's own: behind a transaction pooler none is sent.
  const url = `${server.url}?options=-c%20default_transaction_read_only%3Don`;
  const env = readEnv({ PATH: process.env["PATH"], ...settings });
  const { signal } = new AbortController();
  return (await prepareDatabase({ url, server: undefined }, env, true, signal)).news;
};

test("a database is prepared in the mode that was chosen for it", async () => {
  await expect(prepare({ DATABASE_MODE: "direct" })).rejects.toThrow("read-only");
  await expect(prepare({}), "told by the port").rejects.toThrow("read-only");
  expect(await prepare({ DATABASE_MODE: "transaction" })).toMatch(/^\d+ applied$/);
  expect(await prepare({ DATABASE_MODE: "transaction" })).toBe("up to date");
});

test("a mode that is none is refused with those there are", () => {
  expect(() => readEnv({ DATABASE_MODE: "fast" })).toThrow(
    'DATABASE_MODE is "fast": set it to one of auto, transaction, session, direct.',
  );
});
