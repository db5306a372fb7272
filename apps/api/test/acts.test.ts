import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

// Every act on a batch or a job, through REST and tRPC: at once, by who may not, and on what is somebody else's.

const BATCH = "/api/v3/batch_page_scraper/batch";

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.close());

interface Ids {
  batchId: string;
  failedId: string;
  waitingId: string;
}

interface Act {
  /** What the batch was brought to before. */
  before?: string[];
  rest: (ids: Ids) => [path: string, body?: object];
  trpc: string;
  input: (ids: Ids) => object;
  /** Statuses of two who ask at once, sorted. */
  both: [number, number];
  /** Rows that both leave in the audit log. */
  audited: number;
}

const ofBatch = ({ batchId }: Ids) => ({ batchId });
const onBatch =
  (verb: string, body: object = {}) =>
  ({ batchId }: Ids): [string, object] => [`${BATCH}/${batchId}/${verb}`, body];

const ACTS: Record<string, Act> = {
  pause: {
    rest: onBatch("pause"),
    trpc: "batches.pause",
    input: ofBatch,
    both: [200, 200],
    audited: 1,
  },
  resume: {
    before: ["pause"],
    rest: onBatch("resume"),
    trpc: "batches.resume",
    input: ofBatch,
    both: [200, 200],
    audited: 1,
  },
  cancel: {
    rest: onBatch("cancel"),
    trpc: "batches.cancel",
    input: ofBatch,
    both: [200, 200],
    audited: 1,
  },
  "run the failed again": {
    rest: onBatch("retry"),
    trpc: "batches.retryFailed",
    input: ofBatch,
    both: [200, 200],
    audited: 1,
  },
  rename: {
    rest: onBatch("rename", { label: "One", expected_renamed_at: null }),
    trpc: "batches.rename",
    input: ({ batchId }) => ({ batchId, label: "Two", expectedRenamedAt: null }),
    both: [200, 409],
    audited: 1,
  },
  delete: {
    before: ["cancel"],
    rest: onBatch("delete"),
    trpc: "batches.delete",
    input: ofBatch,
    both: [200, 404],
    audited: 1,
  },
  restore: {
    before: ["cancel", "delete"],
    rest: onBatch("restore"),
    trpc: "batches.restore",
    input: ofBatch,
    both: [200, 404],
    audited: 1,
  },
  "retry a job": {
    rest: ({ failedId }) => [`/api/v3/jobs/${failedId}/retry`, {}],
    trpc: "jobs.retry",
    input: ({ failedId }) => ({ jobId: failedId }),
    both: [200, 409],
    audited: 1,
  },
  "cancel a job": {
    rest: ({ waitingId }) => [`/api/v3/jobs/${waitingId}/cancel`],
    trpc: "jobs.cancel",
    input: ({ waitingId }) => ({ jobId: waitingId }),
    both: [200, 200],
    audited: 1,
  },
};

/** A batch of three sites, the first of which has failed, brought to where the act is possible. */
async function prepare({ before = [] }: Act): Promise<Ids> {
  const domains = ["acts-one.example", "acts-two.example", "acts-three.example"];
  const made = await stack.post(BATCH, { domains }, OWNER);
  const { batch_id: batchId } = (await made.json()) as { batch_id: string };
  const jobs = await stack.rows<{ job_id: string }>(
    "select job_id from app.scrape_jobs where batch_id = :batchId::uuid order by position",
    { batchId },
  );
  const [failedId = "", waitingId = ""] = jobs.map((job) => job.job_id);
  for (const text of [
    "update jobs set status = 'failed', completed_at = now() where job_id = :failedId::uuid",
    "update app.scrape_jobs set error_code = 'timeout' where job_id = :failedId::uuid",
    "delete from pgboss.job where id = :failedId::uuid",
  ]) {
    await stack.rows(text, { failedId });
  }
  await stack.rows("update batch_jobs set failed_domains = 1 where batch_id = :batchId::uuid", {
    batchId,
  });
  for (const verb of before) await stack.post(`${BATCH}/${batchId}/${verb}`, {}, OWNER);
  return { batchId, failedId, waitingId };
}

const byRest = ({ rest }: Act, ids: Ids, who: string) => {
  const [path, body = {}] = rest(ids);
  return stack.post(path, body, who);
};
const byTrpc = ({ trpc, input }: Act, ids: Ids, who: string) =>
  stack.post(`/api/trpc/${trpc}`, input(ids), who);

/** Every row of the batch that an act may write, as text. */
async function everything({ batchId }: Ids): Promise<string> {
  const rows = await stack.rows(
    `select (select jsonb_agg(b) from batch_jobs b where b.batch_id = :batchId::uuid) as batch,
       (select jsonb_agg(j order by j.id) from jobs j where j.batch_id = :batchId::uuid) as jobs,
       (select jsonb_agg(s order by s.position) from app.scrape_jobs s where s.batch_id = :batchId::uuid) as sides,
       (select jsonb_agg(w) from app.batch_windows w where w.batch_id = :batchId::uuid) as windows,
       (select jsonb_agg(r) from app.batch_removals r where r.batch_id = :batchId::uuid) as removals,
       (select jsonb_agg(m.id order by m.id) from pgboss.job m where m.group_id = :batchId::uuid::text) as messages`,
    { batchId },
  );
  return JSON.stringify(rows);
}

describe.each(Object.entries(ACTS))("to %s", (name, act) => {
  test("asked for through REST and tRPC at once is done once, and counters are the rows", async () => {
    const ids = await prepare(act);
    const answers = await Promise.all([byRest(act, ids, OWNER), byTrpc(act, ids, OWNER)]);
    expect(answers.map(({ status }) => status).toSorted((one, two) => one - two)).toEqual(act.both);
    const audited = await stack.rows(
      "select 1 as one from app.audit_log where action = :action and target_id = any(:targets::text[])",
      { action: act.trpc, targets: Object.values(ids) },
    );
    expect(audited).toHaveLength(act.audited);
    if (name === "delete") return;
    const asked = await stack.get(`${BATCH}/${ids.batchId}/status`, OWNER);
    const told = (await asked.json()) as Record<string, number>;
    const [rows] = await stack.rows<Record<string, number>>(
      `select count(*)::int as total_domains, (count(*) filter (where status = 'complete'))::int as completed_domains,
         (count(*) filter (where status = 'failed'))::int as failed_domains
       from jobs where batch_id = :batchId::uuid`,
      { batchId: ids.batchId },
    );
    expect(told).toMatchObject(rows ?? {});
  });

  test("is refused to who may not, and to other tenants as if there were no such thing; nothing changes", async () => {
    const ids = await prepare(act);
    const before = await everything(ids);
    const statuses = [];
    for (const who of [VIEWER, FAR_OWNER]) {
      for (const ask of [byRest, byTrpc]) statuses.push((await ask(act, ids, who)).status);
    }
    expect(statuses).toEqual([403, 403, 404, 404]);
    expect(await everything(ids)).toBe(before);
  });
});

test("a cancelling that was left in its middle is told, and either face goes on with it", async () => {
  const cancel = ACTS["cancel"]!;
  const ids = await prepare(cancel);
  const read = async () =>
    (await stack.get(`${BATCH}/${ids.batchId}/status`, OWNER)).json() as Promise<object>;
  await stack.rows(
    "update app.batch_windows set state = 'cancelling', next_position = 0 where batch_id = :batchId::uuid",
    { batchId: ids.batchId },
  );
  expect(await read()).toMatchObject({ status: "pending", metadata: { cancelling: true } });
  await Promise.all([byRest(cancel, ids, OWNER), byTrpc(cancel, ids, OWNER)]);
  expect(await read()).toMatchObject({ status: "cancelled", metadata: {} });
});
