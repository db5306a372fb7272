import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { claimJobs, recordClaim } from "./claim-and-record.ts";
import { failed } from "./outcomes.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
beforeAll(async () => (world = await createWorld()));
afterAll(() => world.close());

const countAll = async () => {
  const [row] = await world.rows<Record<string, string>>(
    `select (select count(*) from batch_jobs) as batches, (select count(*) from jobs) as jobs,
       (select count(*) from app.scrape_jobs) as sides, (select count(*) from pgboss.job) as messages,
       (select count(*) from app.audit_log) as audits, (select count(*) from app.idempotency_keys) as keys`,
  );
  return row;
};

test("a batch becomes one job per distinct line, and a message per valid one", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const created = await api.batches.create({
    domains: [
      "Example.com",
      "https://www.example.com/x",
      "localhost",
      "bücher.de",
      "foo@bar.com",
      "localhost",
    ],
    maxPages: 7,
    maxConcurrent: 3,
    label: "  Spring list ",
  });
  expect(created).toMatchObject({
    jobCount: 4,
    duplicates: 1,
    doubled: [{ line: 2, input: "https://www.example.com/x", of: 1 }],
    invalidCount: 3,
    replayed: false,
  });
  expect(created.invalid.map((line) => line.line)).toEqual([3, 5, 6]);

  const jobs = await world.rows(
    `select s.position, s.domain, s.input, s.error_code, j.status, j.job_type, j.id_uuid = j.job_id as same_id,
       j.tenant_id = j.tenant_id_uuid::text as same_tenant, j.job_metadata, j.metadata = j.job_metadata as same_metadata,
       j.completed_at is not null as ended
     from app.scrape_jobs s join jobs j on j.job_id = s.job_id where s.batch_id = :batchId::uuid order by s.position`,
    { batchId: created.batchId },
  );
  const pending = {
    status: "pending",
    job_type: "batch_page_scraper",
    same_id: true,
    same_tenant: true,
    same_metadata: true,
  };
  expect(jobs).toMatchObject([
    {
      ...pending,
      position: 0,
      domain: "example.com",
      input: "Example.com",
      error_code: null,
      ended: false,
    },
    {
      position: 1,
      domain: "localhost",
      status: "failed",
      error_code: "invalid_domain",
      ended: true,
    },
    {
      ...pending,
      position: 2,
      domain: "xn--bcher-kva.de",
      job_metadata: { domain: "xn--bcher-kva.de", max_pages: 7 },
    },
    { position: 3, domain: "foo@bar.com", status: "failed", error_code: "invalid_domain" },
  ]);

  const progress = await api.batches.byId({ batchId: created.batchId });
  expect(progress).toMatchObject({
    label: "Spring list",
    status: "pending",
    total: 4,
    counts: { pending: 2, running: 0, complete: 0, failed: 2, cancelled: 0 },
    progress: 50,
    maxPages: 7,
    maxConcurrent: 3,
    failures: [{ code: "invalid_domain", count: 2, sample: ["localhost", "foo@bar.com"] }],
  });
  const messages = await world.rows(
    "select data->>'domain' as domain from pgboss.job where data->>'batchId' = :batchId order by 1",
    { batchId: created.batchId },
  );
  expect(messages).toEqual([{ domain: "example.com" }, { domain: "xn--bcher-kva.de" }]);
});

test("a batch whose queue fails leaves nothing behind", async () => {
  const before = await countAll();
  const api = await world.caller(world.tenants.near, "operator", {
    queue: {
      ...world.queue,
      sendScrapes: async (tx, messages) => {
        await world.queue.sendScrapes(tx, messages);
        throw new Error("the queue is away");
      },
    },
  });
  await expect(
    api.batches.create({ domains: ["a.example"], idempotencyKey: "fails-first" }),
  ).rejects.toMatchObject({ code: "INTERNAL_SERVER_ERROR", message: "Internal server error" });
  expect(await countAll()).toEqual(before);

  const again = await world.caller(world.tenants.near, "operator");
  await expect(
    again.batches.create({ domains: ["a.example"], idempotencyKey: "fails-first" }),
  ).resolves.toMatchObject({ replayed: false });
});

test("an element is one line: a header's word in it makes a failed job, and several names a job each", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const created = await api.batches.create({
    domains: ["website", "example.com", "x1.example,y.example,z.example", "Acme, Inc"],
  });
  expect(created).toMatchObject({ jobCount: 6, duplicates: 0, invalidCount: 2 });
  expect(created.invalid).toEqual([
    { line: 1, input: "website", reason: "A domain name needs an ending such as .com." },
    { line: 4, input: "Acme, Inc", reason: "There is no web address in this line." },
  ]);
  const jobs = await world.rows(
    `select s.domain, s.error_code, j.error from app.scrape_jobs s join jobs j on j.job_id = s.job_id
     where s.batch_id = :batchId::uuid and j.status = 'failed' order by s.position`,
    { batchId: created.batchId },
  );
  expect(jobs).toEqual(
    created.invalid.map(({ input, reason }) => ({
      domain: input,
      error_code: "invalid_domain",
      error: reason,
    })),
  );
});

test("strings of many names each do not get past the limit on names", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const domains = Array.from({ length: 1001 }, (_, row) =>
    Array.from({ length: 100 }, (__, cell) => `n${row}-${cell}.example`).join(","),
  );
  await expect(api.batches.create({ domains })).rejects.toMatchObject({
    code: "BAD_REQUEST",
    message: "A batch holds at most 100,000 domains.",
  });
});

test("what was refused and doubled is told line by line, up to a thousand of each, and counted", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const many = (count: number) => [
    "first.example",
    ...Array.from({ length: count }, (_, at) => `nothing ${at}`),
    ...Array.from({ length: count }, () => "first.example"),
  ];
  const whole = await api.batches.create({ domains: many(1000) });
  expect([whole.invalid.length, whole.invalidCount]).toEqual([1000, 1000]);
  expect([whole.doubled.length, whole.duplicates]).toEqual([1000, 1000]);
  const more = await api.batches.create({ domains: many(1001) });
  expect([more.invalid.length, more.invalidCount]).toEqual([1000, 1001]);
  expect([more.doubled.length, more.duplicates]).toEqual([1000, 1001]);
  expect(more.doubled[0]).toEqual({ line: 1003, input: "first.example", of: 1 });
});

test("a list without a single web site is refused and leaves nothing behind", async () => {
  const before = await countAll();
  const api = await world.caller(world.tenants.near, "operator");
  await expect(api.batches.create({ domains: ["localhost", "10.0.0.1"] })).rejects.toMatchObject({
    code: "BAD_REQUEST",
  });
  expect(await countAll()).toEqual(before);
});

test("one idempotency key makes one batch, also when both calls come at once", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const input = { domains: ["b.example", "c.example"], idempotencyKey: "once" };
  const settled = await Promise.allSettled([api.batches.create(input), api.batches.create(input)]);
  const created = settled.flatMap((result) =>
    result.status === "fulfilled" ? [result.value] : [],
  );
  for (const result of settled) {
    if (result.status === "rejected") expect(result.reason).toMatchObject({ code: "CONFLICT" });
  }
  const replay = await api.batches.create(input);
  expect(replay).toEqual({ ...created[0], replayed: true });
  expect(new Set(created.map((batch) => batch.batchId)).size).toBe(1);

  await expect(api.batches.create({ ...input, maxPages: 3 })).rejects.toMatchObject({
    code: "CONFLICT",
    cause: { details: { errorCode: "IDEMPOTENCY_MISMATCH" } },
  });
  const other = await world.caller(world.tenants.far, "operator");
  await expect(other.batches.create(input)).resolves.toMatchObject({ replayed: false });
});

test("every change writes who did it", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const { batchId } = await api.batches.create({ domains: ["d.example"] });
  await api.batches.cancel({ batchId });
  await api.batches.cancel({ batchId });
  const entries = await world.rows(
    `select action, actor_id, tenant_id, request_id, source, detail from app.audit_log
     where target_id = :batchId order by id`,
    { batchId },
  );
  const who = {
    actor_id: world.tenants.near.people.operator,
    tenant_id: world.tenants.near.id,
    request_id: "test-request",
  };
  expect(entries).toEqual([
    {
      ...who,
      action: "batches.create",
      source: "trpc",
      detail: { jobs: 1, invalid: 0, max_pages: 50 },
    },
    { ...who, action: "batches.cancel", source: "trpc", detail: { cancelled: 1 } },
  ]);
});

test("10,000 domains are accepted in one call, every line in its place", async () => {
  const api = await world.caller(world.tenants.near, "operator");
  const domains = Array.from(
    { length: 10_000 },
    (_, index) => `https://www.shop-${index}.example/`,
  );
  const { batchId, jobCount } = await api.batches.create({ domains });
  expect(jobCount).toBe(10_000);
  expect(await api.batches.byId({ batchId })).toMatchObject({
    total: 10_000,
    counts: { pending: 10_000 },
  });
  const { items } = await api.jobs.list({ batchId, order: "batch", limit: 3 });
  expect(items.map(({ domain }) => domain)).toEqual([
    "shop-0.example",
    "shop-1.example",
    "shop-2.example",
  ]);
});

test("the domains of a batch are taken in the order of the list, as many at once as it allows", async () => {
  const own = await createWorld();
  try {
    const api = await own.caller(own.tenants.near, "operator");
    const domains = Array.from({ length: 30 }, (_, at) => `site-${at}.example`);
    await api.batches.create({ domains, maxPages: 1, maxConcurrent: 2 });
    const taken: string[] = [];
    for (let round = 0; round < 15; round++) {
      const claims = await claimJobs(own, 10);
      expect(claims).toHaveLength(2);
      taken.push(...claims.map((claim) => claim.domain));
      for (const claim of claims) await recordClaim(own, claim, failed());
    }
    expect(taken).toEqual(domains);
  } finally {
    await own.close();
  }
});

describe("the list as it was given", () => {
  const linesOf = (batchId: string) =>
    world.rows(
      `select line, entry, kind, input, domain, position, of_line, cells from app.batch_lines
       where batch_id = :batchId::uuid order by line, entry`,
      { batchId },
    );

  test("is kept line by line, with its columns, doubles and refused ones too", async () => {
    const api = await world.caller(world.tenants.near, "operator");
    await world.rows("insert into domains (tenant_id, domain) values (:id::uuid, 'old.example')", {
      id: world.tenants.near.id,
    });
    const text =
      "Nr;Web;Ort\n1;https://www.list-a.example/;Köln\n2;;Bonn\n3;list-b.example list-a.example;\n4;old.example;x";
    const { batchId, jobCount } = await api.batches.create({
      text,
      // What nobody scanned is scanned all the same.
      reuse: ["old.example", "list-b.example"],
      fileName: " kunden.csv ",
    });
    expect(jobCount).toBe(2);
    expect(
      await world.rows("select * from app.batch_lists where batch_id = :batchId::uuid", {
        batchId,
      }),
    ).toEqual([
      {
        batch_id: batchId,
        tenant_id: world.tenants.near.id,
        columns: ["Nr", "Web", "Ort"],
        name_column: 1,
        file_name: "kunden.csv",
        last_line: 5,
      },
    ]);
    const lines = await linesOf(batchId);
    expect(lines).toMatchObject([
      {
        line: 2,
        entry: 0,
        kind: "fixed",
        position: 0,
        cells: ["1", "https://www.list-a.example/", "Köln"],
      },
      {
        line: 3,
        entry: 0,
        kind: "invalid",
        position: null,
        domain: null,
        cells: ["2", "", "Bonn"],
      },
      { line: 4, entry: 0, kind: "valid", position: 1, domain: "list-b.example" },
      { line: 4, entry: 1, kind: "duplicate", position: 0, of_line: 2, domain: "list-a.example" },
      {
        line: 5,
        entry: 0,
        kind: "recent",
        position: null,
        domain: "old.example",
        cells: ["4", "old.example", "x"],
      },
    ]);
    const jobs = await world.rows(
      "select domain from app.scrape_jobs where batch_id = :batchId::uuid order by position",
      { batchId },
    );
    expect(jobs).toEqual([{ domain: "list-a.example" }, { domain: "list-b.example" }]);
  });

  test("is kept of plain lines too, and none of it where nothing can be scanned", async () => {
    const api = await world.caller(world.tenants.near, "operator");
    const { batchId } = await api.batches.create({ domains: ["p.example", "P.example/x", "no"] });
    expect(await linesOf(batchId)).toMatchObject([
      { line: 1, kind: "valid", cells: [] },
      { line: 2, kind: "duplicate", of_line: 1, position: 0 },
      { line: 3, kind: "invalid", position: 1 },
    ]);
    const nothing = { text: "old.example", reuse: ["old.example"] };
    await expect(api.batches.create(nothing)).rejects.toMatchObject({ code: "BAD_REQUEST" });
  });

  test("comes in one form", async () => {
    const api = await world.caller(world.tenants.near, "operator");
    for (const input of [{}, { domains: ["a.example"], text: "a.example" }]) {
      await expect(api.batches.create(input as never)).rejects.toMatchObject({
        code: "BAD_REQUEST",
      });
    }
  });

  test("has 100,000 lines with their columns at most", async () => {
    const api = await world.caller(world.tenants.near, "operator");
    const rows = Array.from({ length: 100_001 }, (_, at) => [`${at}`, `many-${at % 500}.example`]);
    const { batchId, jobCount, duplicates } = await api.batches.create({ rows: rows.slice(1) });
    expect([jobCount, duplicates]).toEqual([500, 99_500]);
    const [count] = await world.rows<{ count: string }>(
      "select count(*) from app.batch_lines where batch_id = :batchId::uuid and cells[1] = (line)::text",
      { batchId },
    );
    expect(count?.count).toBe("100000");
    await expect(api.batches.create({ rows })).rejects.toMatchObject({
      code: "BAD_REQUEST",
      message: "A batch takes at most 100,000 lines.",
    });
  });
});
