import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { PgBoss } from "pg-boss";
import { afterAll, beforeAll, expect, test } from "vitest";
import { bossDb } from "../src/adapter.ts";

let server: EmbeddedPostgres;
let admin: Database;
beforeAll(async () => {
  server = await startTemporaryPostgres();
  admin = createDatabase({ url: server.url, max: 1 });
});
afterAll(async () => {
  await admin.close();
  await server.stop();
});

async function onEmptyDatabase(name: string, work: (databases: Database[]) => Promise<void>) {
  await executeRawSql(admin.db, `create database ${name}`);
  const url = server.url.replace(/\/postgres$/, `/${name}`);
  const databases = [1, 2, 3].map(() => createDatabase({ url, max: 2 }));
  await Promise.all(databases.map((database) => database.connect()));
  await work(databases);
  await Promise.all(databases.map((database) => database.close()));
}

function bossOn(database: Database): PgBoss {
  const boss = new PgBoss({ db: bossDb(database.db), supervise: false, schedule: false });
  boss.on("error", () => {});
  return boss;
}

test("three programs that start pg-boss at once on an empty database all run", async () => {
  for (const round of [1, 2, 3, 4]) {
    await onEmptyDatabase(`empty_${round}`, async (databases) => {
      const started = await Promise.allSettled(
        databases.map(async (database) => {
          const boss = bossOn(database);
          await boss.start();
          await boss.stop({ graceful: false });
        }),
      );
      expect(started).toEqual(started.map(() => ({ status: "fulfilled", value: undefined })));
    });
  }
});

test("what pg-boss leaves undefined is NULL, as it is with the drivers it was written for", async () => {
  await onEmptyDatabase("scheduled", async ([database]) => {
    const boss = bossOn(database!);
    await boss.start();
    await boss.createQueue("nightly");
    await boss.schedule("nightly", "0 3 * * *");
    expect(await boss.getSchedules()).toMatchObject([{ name: "nightly", cron: "0 3 * * *" }]);
    await boss.stop({ graceful: false });
  });
});
