import { cp, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { expect, test } from "vitest";
import { executeForLibrary, executeRawSql } from "../../src/index.ts";
import { migrate } from "../../src/migrate.ts";
import { useServer } from "./harness.ts";

const server = useServer();
const migrations = join(import.meta.dirname, "../../migrations");

test("batches that are open when the backlog comes are promoted from their beginning, others are not", async () => {
  const database = await server.createEmpty();
  const before = await mkdtemp(join(tmpdir(), "migrations-"));
  await cp(migrations, before, {
    recursive: true,
    filter: (path) => path === migrations || basename(path) < "0014",
  });
  await migrate({ url: database.url, folder: before });
  await rm(before, { recursive: true });
  await executeForLibrary(
    database.db,
    `insert into tenants (id, name) values ('00000000-0000-0000-0000-000000000001', 'T');
     insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status)
     select id, id, '00000000-0000-0000-0000-000000000001', status, status
     from (select gen_random_uuid() as id, unnest(array['pending', 'running', 'complete', 'cancelled']) as status) b;
     insert into jobs (job_id, batch_id, tenant_id, status, job_type)
     select gen_random_uuid(), batch_id, 't', 'pending', 'scrape' from batch_jobs;
     insert into batch_jobs (id_uuid, batch_id, tenant_id, processor_type, status)
     values (gen_random_uuid(), gen_random_uuid(), '00000000-0000-0000-0000-000000000001', 'of another program', 'running');
     insert into app.scrape_jobs (job_id, tenant_id, batch_id, position, domain, input, number)
     select job_id, '00000000-0000-0000-0000-000000000001', batch_id, 0, 'a.example', 'a.example', id from jobs;`,
  );
  expect((await migrate({ url: database.url })).applied).toContain("0014_backlog");
  expect(
    await executeRawSql(
      database.db,
      `select b.processor_type as status, w.next_position from app.batch_windows w
       join batch_jobs b on b.batch_id = w.batch_id order by 1`,
    ),
  ).toEqual([
    { status: "pending", next_position: 0 },
    { status: "running", next_position: 0 },
  ]);
});
