import { afterAll, beforeAll, expect, test } from "vitest";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { done } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

const operator = () => world.caller(world.tenants.near, "operator");
const SHEET = [
  ["id", "site"],
  ["1", "one.example"],
  ["2", "no name"],
];
const linesOf = (batchId: string) =>
  world.rows(
    `select line, kind, input, domain, position, of_line, cells from app.batch_lines
     where batch_id = :batchId::uuid order by line, entry`,
    { batchId },
  );
const jobsOf = (batchId: string) =>
  world.rows<{ position: number; domain: string; status: string }>(
    `select s.position, s.domain, j.status from app.scrape_jobs s join jobs j on j.job_id = s.job_id
     where s.batch_id = :batchId::uuid order by s.position`,
    { batchId },
  );

test("lines come behind those that are there, with doubles of both, and jobs for what is new", async () => {
  const api = await operator();
  const { batchId } = await api.batches.create({ rows: SHEET });
  const appended = await api.batches.append({
    batchId,
    rows: [
      ["id", "site"],
      ["3", "two.example"],
      ["4", "www.one.example"],
      ["5", "two.example/x"],
      ["6", "nothing here"],
    ],
  });
  expect(appended).toEqual({
    batchId,
    jobCount: 1,
    total: 2,
    duplicates: 2,
    doubled: [
      { line: 6, input: "www.one.example", of: 2 },
      { line: 7, input: "two.example/x", of: 5 },
    ],
    invalidCount: 1,
    invalid: [{ line: 8, input: "nothing here", reason: expect.any(String) as string }],
    replayed: false,
  });
  expect(await linesOf(batchId)).toMatchObject([
    { line: 2, position: 0, cells: ["1", "one.example"] },
    { line: 3, position: null, kind: "invalid" },
    { line: 5, position: 1, kind: "valid", cells: ["3", "two.example"] },
    { line: 6, position: 0, kind: "duplicate", of_line: 2 },
    { line: 7, position: 1, kind: "duplicate", of_line: 5 },
    { line: 8, position: null, kind: "invalid", cells: ["6", "nothing here"] },
  ]);
  expect(await jobsOf(batchId)).toEqual([
    { position: 0, domain: "one.example", status: "pending" },
    { position: 1, domain: "two.example", status: "pending" },
  ]);
  expect(await api.batches.byId({ batchId })).toMatchObject({
    total: 2,
    counts: { pending: 2, failed: 0 },
    progress: 0,
  });
});

test("what was added runs, and the batch ends with the last of all", async () => {
  await world.rows("delete from pgboss.job");
  const api = await operator();
  const { batchId } = await api.batches.create({ domains: ["run-a.example"] });
  const [first] = await claimJobs(world, 1);
  await api.batches.append({ batchId, domains: ["run-b.example"] });
  await recordClaim(world, first!, done());
  expect(await api.batches.byId({ batchId })).toMatchObject({ status: "running", progress: 50 });
  const [second] = await claimJobs(world, 1);
  expect(second?.domain).toBe("run-b.example");
  await recordClaim(world, second!, done());
  expect(await api.batches.byId({ batchId })).toMatchObject({ status: "complete", progress: 100 });
  await expect(api.batches.append({ batchId, domains: ["c.example"] })).rejects.toMatchObject({
    code: "CONFLICT",
    message: expect.stringContaining("has ended") as string,
  });
});

test("nothing but doubles adds lines and no job; other columns, and more than a batch holds, are refused", async () => {
  const api = await operator();
  const { batchId } = await api.batches.create({ rows: SHEET });
  expect(
    await api.batches.append({ batchId, rows: [SHEET[0]!, ["9", "one.example"]] }),
  ).toMatchObject({ jobCount: 0, total: 1, duplicates: 1 });
  await expect(
    api.batches.append({
      batchId,
      rows: [
        ["nr", "site"],
        ["9", "x.example"],
      ],
    }),
  ).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: expect.stringContaining("id, site") as string,
  });
  const most = Array.from({ length: 99_998 }, (_, at) => `full-${at}.example`);
  const plain = await api.batches.create({ domains: ["p.example", "q.example"] });
  await expect(
    api.batches.append({ batchId: plain.batchId, domains: [...most, "last.example"] }),
  ).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: "A batch holds at most 100,000 domains.",
  });
  expect(await api.batches.append({ batchId: plain.batchId, domains: most })).toMatchObject({
    total: 100_000,
  });
});

test("one key adds once", async () => {
  const api = await operator();
  const { batchId } = await api.batches.create({ domains: ["key-a.example"] });
  const input = { batchId, domains: ["key-b.example"], idempotencyKey: "append-once" };
  const added = await api.batches.append(input);
  expect(await api.batches.append(input)).toEqual({ ...added, replayed: true });
  expect(await jobsOf(batchId)).toHaveLength(2);
});

test("cancelling meanwhile finds what was added, and an added line nothing to be added to", async () => {
  const api = await operator();
  for (let round = 0; round < 5; round++) {
    const { batchId } = await api.batches.create({ domains: [`c${round}.example`] });
    const domains = Array.from({ length: 50 }, (_, at) => `c${round}-${at}.example`);
    const [added] = await Promise.allSettled([
      api.batches.append({ batchId, domains }),
      api.batches.cancel({ batchId }),
    ]);
    const jobs = await jobsOf(batchId);
    expect(jobs).toHaveLength(added.status === "fulfilled" ? 51 : 1);
    expect(new Set(jobs.map(({ status }) => status))).toEqual(new Set(["cancelled"]));
  }
});
