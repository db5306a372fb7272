import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readEnv } from "../src/env.ts";

const main = join(import.meta.dirname, "../dist/main.js");
let drifted: TestDatabase;
beforeAll(async () => {
  drifted = await createTestDatabase();
  const database = createDatabase({ url: drifted.url, max: 1 });
  await executeRawSql(database.db, "alter table jobs drop column error");
  await executeRawSql(database.db, "drop index idx_contacts_page_id");
  await database.close();
});
afterAll(() => drifted.drop());

/** The api as it is run: a process of its own. */
function startApi(settings: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [main], {
    env: {
      PATH: process.env.PATH,
      API_PORT: "0",
      SHUTDOWN_WAIT_MS: "0",
      AUTH_SECRET: "a secret of forty characters for the test",
      ...settings,
    },
  });
  const said = { stdout: "", stderr: "" };
  child.stdout?.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr?.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  const ended = once(child, "close").then(([code]) => code as number | null);
  return { child, said, ended };
}

test("breaking drift stops the api with the report before it listens", async () => {
  const { said, ended } = startApi({ DATABASE_URL: drifted.url });
  expect(await ended).toBe(1);
  expect(said.stderr).toContain("Breaking: something will fail");
  expect(said.stderr).toContain("jobs.error");
  expect(said.stderr).toContain("set DRIFT=allow to start all the same");
  expect(said.stderr).not.toContain("    at ");
  expect(said.stdout).not.toContain("api listening");
});

test("DRIFT=allow starts all the same and logs what is wrong and which settings hold", async () => {
  const { child, said, ended } = startApi({
    DATABASE_URL: drifted.url,
    DRIFT: "allow",
    NODE_ENV: "development",
    DATABASE_MODE: "session",
    DATABASE_POOL_MIN: "1",
  });
  await expect.poll(() => said.stdout).toContain("api listening");
  const lines = said.stdout
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(lines).toContainEqual(
    expect.objectContaining({ drift: "breaking", level: 50, what: "column jobs.error" }),
  );
  expect(lines).toContainEqual(expect.objectContaining({ drift: "harmful", level: 40 }));
  expect(lines.find(({ msg }) => msg === "api listening")?.["settings"]).toMatchObject({
    environment: "development",
    mode: "session",
    min: 1,
    max: 5,
  });
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
});

test("a database that cannot be reached is one sentence that says what to do", async () => {
  const { said, ended } = startApi({ DATABASE_URL: await deadAddress() });
  expect(await ended).toBe(1);
  expect(said.stderr).toBe(
    "Cannot start, the database refused the connection: " +
      "check that the server runs, and the host and port of the address.\n",
  );
});

test("settings that contradict each other are one sentence", async () => {
  const settings = { DATABASE_POOL_MIN: "9", DATABASE_POOL_MAX: "3" };
  const { said, ended } = startApi({ DATABASE_URL: drifted.url, ...settings });
  expect(await ended).toBe(1);
  expect(said.stderr).toBe("Cannot start, DATABASE_POOL_MIN (9) is above DATABASE_POOL_MAX (3).\n");
});

test("statements are echoed in development only", () => {
  const settings = {
    DATABASE_URL: "postgresql://u@h/d",
    AUTH_SECRET: "a secret of forty characters for the test",
    DATABASE_ECHO: "true",
  };
  expect(readEnv({ ...settings, NODE_ENV: "development" }).DATABASE_ECHO).toBe(true);
  for (const NODE_ENV of ["production", "staging", undefined]) {
    expect(() => readEnv({ ...settings, NODE_ENV })).toThrow(
      "DATABASE_ECHO: is for development: unset it, or set NODE_ENV to development",
    );
  }
});

/** An address at which nobody listens. */
async function deadAddress(): Promise<string> {
  const listener = createServer();
  await new Promise<void>((resolve) => listener.listen(0, "127.0.0.1", resolve));
  const address = listener.address();
  await new Promise((resolve) => listener.close(resolve));
  if (address === null || typeof address === "string") throw new Error("no port");
  return `postgresql://user:secret@127.0.0.1:${address.port}/database`;
}
