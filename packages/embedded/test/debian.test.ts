import { access } from "node:fs/promises";
import { expect, test } from "vitest";
import { prepareDebianPostgres, startDebianPostgres } from "../src/fixtures/index.ts";
import { findProgram, type SystemProgram } from "../src/install-program.ts";
import { later } from "./harness.ts";
import { query } from "./query.ts";

test.runIf(await prepareDebianPostgres())(
  "Debian's PostgreSQL 15 starts in stock configuration, with JIT, and leaves nothing behind",
  async () => {
    const server = await startDebianPostgres();
    later(() => server.stop());
    const settings = ["server_version_num", "jit", "jit_above_cost", "jit_inline_above_cost"];
    const [row] = await query(
      server,
      `select current_user, pg_jit_available()::text,
         ${settings.map((name) => `current_setting('${name}')`).join(", ")}`,
    );
    expect(row?.slice(0, 2)).toEqual(["postgres", "true"]);
    expect(row?.[2]).toMatch(/^15\d{4}$/);
    expect(row?.slice(3)).toEqual(["on", "100000", "500000"]);
    await server.stop();
    await expect(access(server.dataDir)).rejects.toThrow("ENOENT");
  },
);

const absent: SystemProgram = {
  title: "A program",
  package: "scrapersky-no-such-package",
  paths: ["/nowhere/program"],
  advice: "there is none",
};

test("what is nowhere says how a person gets it", async () => {
  expect(await findProgram(absent)).toEqual({
    available: false,
    reason: "A program is not installed: there is none",
  });
});
