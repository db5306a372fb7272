import { expect, test } from "vitest";
import { executeRawSql, withStatementTags } from "../../src/index.ts";
import { logHooks } from "../../src/observe/index.ts";
import { rememberLines, useWatchedServer } from "./harness.ts";

const server = useWatchedServer();

test("a slow statement is told by name, fingerprint, time, rows and tags, and a quick one is not", async () => {
  const { lines, log } = rememberLines();
  const { query } = logHooks({ log, slowMs: 300 });
  // A statement takes as long as the test says.
  let durationMs = 299.9;
  const { db } = server.open({ hooks: [{ query: (event) => query({ ...event, durationMs }) }] });
  const slow = () =>
    withStatementTags({ requestId: "r-1", procedure: "batches.list" }, () =>
      executeRawSql(db, "select :name::text as slow", { name: "a" }, { name: "list batches" }),
    );
  await slow();
  durationMs = 300;
  await slow();
  await slow();
  const told = lines.filter(({ message }) => message === "slow statement");
  expect(told).toHaveLength(2);
  expect(told[0]).toMatchObject({
    level: "warn",
    fields: {
      statement: "list batches",
      fingerprint: expect.stringMatching(/^[0-9a-f]{12}$/),
      command: "SELECT",
      rows: 1,
      ms: 300,
      requestId: "r-1",
      procedure: "batches.list",
    },
  });
  expect(told[1]?.fields["fingerprint"]).toBe(told[0]?.fields["fingerprint"]);
  expect(JSON.stringify(lines)).not.toContain("as slow");
});

test("what fails in an outage is told once, and then how many more", () => {
  const { lines, log } = rememberLines();
  let now = 0;
  const { query } = logHooks({ log, now: () => now });
  const fail = (failure: "connection_lost" | "syntax") =>
    query({ text: "select 1", durationMs: 1, rows: 0, failure } as Parameters<typeof query>[0]);
  for (now of [0, 1, 9_999, 10_000, 10_001, 30_000]) fail("connection_lost");
  fail("syntax");
  fail("syntax");
  expect(lines.map(({ fields }) => [fields["failure"], fields["others"]])).toEqual([
    ["connection_lost", undefined],
    ["connection_lost", 2],
    ["connection_lost", 1],
    ["syntax", undefined],
    ["syntax", undefined],
  ]);
});

test("a failed statement is a warning, and one that belongs to ordinary work is not", async () => {
  const { lines, log } = rememberLines();
  const { db } = server.open({ hooks: [logHooks({ log })] });
  await executeRawSql(db, "create table things (id int primary key)");
  await executeRawSql(db, "insert into things values (:id)", { id: 1 });
  await expect(executeRawSql(db, "insert into things values (:id)", { id: 1 })).rejects.toThrow(
    "already exists",
  );
  await expect(executeRawSql(db, "select nonsense")).rejects.toThrow("does not exist");
  const failed = lines.filter(({ message }) => message === "statement failed");
  expect(failed.map(({ level, message, fields }) => [level, message, fields["failure"]])).toEqual([
    ["debug", "statement failed", "constraint"],
    ["warn", "statement failed", "syntax"],
  ]);
});

test("echo tells the text of every statement, never its parameters", async () => {
  const { lines, log } = rememberLines();
  const { db } = server.open({ hooks: [logHooks({ log, echo: true })] });
  await executeRawSql(db, "select :word::text as word", { word: "hush" });
  expect(lines.map(({ fields }) => fields["text"])).toContain("select $1::text as word");
  expect(JSON.stringify(lines)).not.toContain("hush");
});

test("a transaction that stays open is told with the place that opened it", async () => {
  const { lines, log } = rememberLines();
  const { db } = server.open({ leakAfterMs: 20, hooks: [logHooks({ log })] });
  await db.transaction(async (tx) => {
    await executeRawSql(tx, "select 1");
    await expect
      .poll(() => lines.map(({ message }) => message))
      .toContain("a transaction holds its connection for too long");
  });
  const leak = lines.find(({ message }) => message.includes("too long"));
  expect(leak?.level).toBe("warn");
  expect(leak?.fields["where"]).toContain("log-hooks.test.ts");
});

test("a retry is a warning, a replaced connection a detail", async () => {
  const { lines, log } = rememberLines();
  const { db } = server.open({ hooks: [logHooks({ log })] });
  const killOnce = `
    select case when count(*) = 0 then pg_terminate_backend(pg_backend_pid()) end
    from pg_class where relname = :marker`;
  await executeRawSql(db, "select 1");
  await expect(
    executeRawSql(db, killOnce, { marker: "none" }, { idempotent: true }),
  ).rejects.toMatchObject({ kind: "connection_lost" });
  const told = lines.map(({ level, message, fields }) => [
    level,
    message,
    fields["what"] ?? fields["reason"],
  ]);
  expect(told).toContainEqual(["warn", "database: trying again", "statement"]);
  expect(told).toContainEqual(["debug", "connection replaced", "died"]);
});
