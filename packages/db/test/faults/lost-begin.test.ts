import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createDatabase, type Database, executeRawSql } from "../../src/index.ts";
import { messageEnd } from "../../src/session/wire/answer.ts";
import { type FaultProxy, startFaultProxy } from "../session/fault-proxy.ts";
import { expectWorking, failOnUnhandledRejections, failureOf } from "./outcome.ts";

failOnUnhandledRejections();

let server: EmbeddedPostgres;
let proxy: FaultProxy;
let database: Database;

beforeAll(async () => {
  server = await startTemporaryPostgres();
  proxy = await startFaultProxy(server.port);
});
afterAll(async () => {
  await proxy.close();
  await server.stop();
});
beforeEach(async () => {
  database = createDatabase({
    url: `postgresql://${server.user}@127.0.0.1:${proxy.port}/postgres`,
    max: 1,
  });
  await executeRawSql(database.db, "drop table if exists note");
  await executeRawSql(database.db, "create table note (id int primary key)");
});
afterEach(() => database.close());

/** Takes Parse, Bind and Execute of BEGIN away from what follows them, once. */
const loseBegin = (): void => {
  proxy.rewrite = (chunk) => {
    if (!chunk.subarray(5).toString("latin1").startsWith("\0begin")) return chunk;
    proxy.rewrite = undefined;
    let at = 0;
    for (let message = 0; message < 3; message++) at = messageEnd(chunk, at);
    return chunk.subarray(at);
  };
};

const insert = "insert into note values (:id)";

test("a statement whose BEGIN was lost on its way is told to be in doubt: it ran by itself", async () => {
  loseBegin();
  const work = database.db.transaction((tx) => executeRawSql(tx, insert, { id: 1 }));
  expect(await failureOf(work)).toMatchObject({ kind: "connection_lost", outcomeUnknown: true });
  expect(await executeRawSql(database.db, "select id from note")).toEqual([{ id: 1 }]);
  await expectWorking(database);
});

test("nothing follows it, whoever looked away", async () => {
  loseBegin();
  const work = database.db.transaction(async (tx) => {
    await failureOf(executeRawSql(tx, insert, { id: 1 }));
    await executeRawSql(tx, insert, { id: 2 });
  });
  expect(await failureOf(work)).toMatchObject({ kind: "connection_lost" });
  expect(await executeRawSql(database.db, "select id from note")).toEqual([{ id: 1 }]);
});

test("a failing one did nothing, and says so", async () => {
  loseBegin();
  const work = database.db.transaction((tx) =>
    executeRawSql(tx, "select 1 / :zero::int", { zero: 0 }),
  );
  expect(await failureOf(work)).toMatchObject({ kind: "syntax", outcomeUnknown: false });
  await expectWorking(database);
});
