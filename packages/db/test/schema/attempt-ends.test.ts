import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { executeForLibrary, executeRawSql } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

const server = useServer();
const migrations = join(import.meta.dirname, "../../migrations");

test("attempts that somebody left half-written do not stop the upgrade, and none can be any more", async () => {
  const database = await server.createEmpty();
  const before = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(migrations, before, {
    recursive: true,
    filter: (path) => path === migrations || basename(path) < "0008",
  });
  await migrate({ url: database.url, folder: before });
  await rm(before, { recursive: true });
  await executeForLibrary(
    database.db,
    `insert into jobs (job_id, tenant_id, status, job_type) values (gen_random_uuid(), 't', 'failed', 'scrape');
     insert into app.job_attempts (job_id, attempt, worker_id, outcome, started_at, ended_at)
     select job_id, n, 'w', outcome, '2026-01-01', ended from jobs, (values
       (1, 'lost', null), (2, 'done', timestamptz '2026-01-02'), (3, 'running', timestamptz '2026-01-02'), (4, 'running', null)
     ) as attempt (n, outcome, ended);`,
  );
  expect((await migrate({ url: database.url })).applied).toContain("0008_attempt_ends");
  expect(
    await executeRawSql(
      database.db,
      `select attempt, extract(day from ended_at at time zone 'utc')::int as day from app.job_attempts order by attempt`,
    ),
  ).toEqual([
    { attempt: 1, day: 1 },
    { attempt: 2, day: 2 },
    { attempt: 3, day: null },
    { attempt: 4, day: null },
  ]);
  await expect(
    executeRawSql(database.db, "update app.job_attempts set ended_at = null where attempt = 2"),
  ).rejects.toMatchObject({ constraint: "job_attempts_ended_check" });
});
