import net from "node:net";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createDatabase, executeRawSql } from "../../src/index.ts";

let server: EmbeddedPostgres;

beforeAll(async () => {
  server = await startTemporaryPostgres();
});
afterAll(() => server.stop());
afterEach(() => vi.unstubAllEnvs());

test.each([
  ["PGTARGETSESSIONATTRS", "any"],
  ["PGTARGETSESSIONATTRS", "standby"],
  ["PGHOST", "elsewhere.example"],
  ["PGPORT", "1"],
  ["PGDATABASE", "no_such_database"],
  ["PGUSER", "no_such_user"],
  ["PGSSLMODE", "verify-full"],
  ["PGSSLNEGOTIATION", "direct"],
  ["PGOPTIONS", "-c default_transaction_read_only=on"],
  ["PGAPPNAME", "somebody else"],
  ["PGMAX_PIPELINE", "0"],
])("%s=%s changes nothing", async (name, value) => {
  vi.stubEnv(name, value);
  const database = createDatabase({ url: server.url, max: 1, applicationName: "mine" });
  const text = `select current_database() || ' ' || current_user || ' ' ||
    current_setting('application_name') || ' ' || current_setting('transaction_read_only') as way`;
  expect(await executeRawSql(database.db, text)).toEqual([{ way: "postgres postgres mine off" }]);
  expect(process.env[name]).toBe(value);
  await database.close();
});

test("PGPASSWORD is never sent", async () => {
  vi.stubEnv("PGPASSWORD", "leftover");
  const askForPassword = Buffer.from([0x52, 0, 0, 0, 8, 0, 0, 0, 3]);
  let got = "";
  const curious = net.createServer((client) => {
    client.on("error", () => {});
    client.once("data", () => {
      client.write(askForPassword);
      client.once("data", (answer) => {
        got = answer.toString("latin1");
        client.destroy();
      });
    });
  });
  await new Promise<void>((resolve) => curious.listen(0, "127.0.0.1", resolve));
  const { port } = curious.address() as net.AddressInfo;
  const database = createDatabase({ url: `postgresql://me@127.0.0.1:${port}/base`, max: 1 });
  await expect(database.connect()).rejects.toMatchObject({ kind: "connect_failed" });
  expect(got).toBe("p\0\0\0\u0005\0");
  await database.close();
  curious.close();
});
