import { jobs } from "@scrapersky/db/schema";
import { afterAll, beforeAll, expect, test } from "vitest";
import { getStoredJob, listStoredJobs, type Procedures } from "../src/index.ts";
import { hasNoRemovedBatch } from "../src/batch/is-removed.ts";
import { contactReaderOf } from "../src/rbac/contact-reader.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let owner: Procedures;
let viewer: Procedures;
beforeAll(async () => {
  world = await createWorld();
  owner = await world.caller(world.tenants.near, "owner");
  viewer = await world.caller(world.tenants.near, "viewer");
});
afterAll(() => world.close());

const LISTS = [
  "Company,Person,E-mail,Website\nAcme,Anna Schmidt,anna.schmidt@acme.example,\nBeta,Bob Meier,bob@gmail.com,beta.example",
  "anna.schmidt@acme.example\nBeta, Bob Meier, +49 170 1234567 - beta.example\nAnna Schmidt +49 170 999999",
];
const PERSONAL = /anna|bob meier|\+49/i;

/** Everything that is told of a batch and its jobs. */
async function readAll(api: Procedures, batchId: string, role: "owner" | "viewer") {
  const { items } = await api.jobs.list({ batchId, order: "batch" });
  const { db: reader } = world.database;
  const rights = contactReaderOf(await world.actor(world.tenants.near, role));
  const jobId = items[0]?.jobId ?? "";
  return {
    items,
    jobs: await Promise.all(items.map((job) => api.jobs.byId({ jobId: job.jobId }))),
    stored: await listStoredJobs(reader, rights.tenantId, { batchId, limit: 10 }, rights),
    one: await getStoredJob(reader, rights.tenantId, jobId, rights),
    progress: await api.batches.byId({ batchId }),
    statuses: await api.batches.domainStatuses({ batchId }),
    list: await api.batches.list({}),
  };
}

test.each(LISTS)(
  "who may not read contacts is told no person of a list's lines: %j",
  async (text) => {
    const { batchId, jobCount } = await owner.batches.create({ domains: text.split("\n") });
    expect(JSON.stringify(await readAll(owner, batchId, "owner"))).toMatch(PERSONAL);
    const told = await readAll(viewer, batchId, "viewer");
    expect(JSON.stringify(told)).not.toMatch(PERSONAL);
    expect(told.items.map(({ domain }) => domain)).toContain("beta.example");
    expect(Object.keys(told.statuses.domains)).toHaveLength(jobCount);
    const [failure] = told.progress.failures;
    expect(failure).toMatchObject({ code: "invalid_domain", count: jobCount - 1, sample: [] });

    const watching = await viewer.batches.onProgress({ batchId });
    for await (const reading of watching) {
      expect(JSON.stringify(reading)).not.toMatch(PERSONAL);
      break;
    }
  },
);

test("what other programs wrote of a job is told to those who may read contacts", async () => {
  const { tenantId } = contactReaderOf(await world.actor(world.tenants.near, "owner"));
  const [row] = await world.rows<{ job_id: string }>(
    `insert into jobs (job_id, id_uuid, tenant_id, tenant_id_uuid, job_type, status, result_data, job_metadata)
     select id, id, :tenantId::text, :tenantId::uuid, 'contacts', 'complete', '{"email": "anna@acme.example"}', '{"to": "anna@acme.example"}'
     from gen_random_uuid() id returning job_id`,
    { tenantId },
  );
  const read = (mayReadContacts: boolean) =>
    getStoredJob(world.database.db, tenantId, row?.job_id ?? "", { mayReadContacts });
  expect(JSON.stringify(await read(true))).toMatch(PERSONAL);
  expect(await read(false)).toMatchObject({ resultData: null, jobMetadata: null });
});

test("a result that another program wrote is told as far as it goes", async () => {
  const { batchId } = await owner.batches.create({ domains: ["other.example"] });
  const { items } = await owner.jobs.list({ batchId });
  const { jobId } = items[0]!;
  const sql = "update jobs set result_data = :result::jsonb where job_id = :jobId::uuid";
  await world.rows(sql, { jobId, result: JSON.stringify({ pages: 5, title: "Other" }) });
  expect((await owner.jobs.byId({ jobId })).result).toEqual({
    finalUrl: null,
    title: "Other",
    pages: 5,
    contacts: 0,
    phones: 0,
    technologies: [],
    flags: [],
  });
});

test("the planner takes nearly all jobs for jobs of kept batches, however few there are", async () => {
  const domains = Array.from({ length: 300 }, (_, at) => `kept-${at}.example`);
  await owner.batches.create({ domains });
  await world.rows("analyze jobs");
  const { db } = world.database;
  const { sql: text, params } = db
    .select()
    .from(jobs)
    .where(hasNoRemovedBatch(jobs.batchId))
    .toSQL();
  const [told] = await world.rows<{ "QUERY PLAN": [{ Plan: { "Plan Rows": number } }] }>(
    `explain (format json) ${text.replace("$1", `'${String(params[0])}'`)}`,
  );
  expect(told?.["QUERY PLAN"][0].Plan["Plan Rows"]).toBeGreaterThan(250);
});
