import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

const BATCH = "/api/v3/batch_page_scraper/batch";
const TIME = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}\+00:00$/;

async function createBatch(
  body: object = { domains: ["example.com"], max_pages: 5 },
  email = OWNER,
) {
  const answer = await stack.post(BATCH, body, email);
  expect(answer.status).toBe(200);
  return (await answer.json()) as {
    batch_id: string;
    status_url: string;
    job_count: number;
    created_at: string;
  };
}

test("a batch of the first system is found by the text that it was called", async () => {
  const { batch_id } = await createBatch();
  const [batch] = await stack.rows<{ tenant_id: string }>(
    "select tenant_id from batch_jobs where batch_id = :batch_id::uuid",
    { batch_id },
  );
  const name = "batch of May 12, 50 %/2";
  await stack.rows(
    "insert into app.batch_names (tenant_id, name, batch_id) values (:tenant::uuid, :name, :batch_id::uuid)",
    { tenant: batch?.tenant_id, name, batch_id },
  );
  const path = `${BATCH}/${encodeURIComponent(name)}/status`;
  const found = await stack.get(path, OWNER);
  expect(found.status).toBe(200);
  expect(await found.json()).toMatchObject({ batch_id });
  expect((await stack.get(path, FAR_OWNER)).status).toBe(404);
  const jobs = await stack.get(`/api/v3/jobs?batch_id=${encodeURIComponent(name)}`, OWNER);
  expect(await jobs.json()).toMatchObject({ data: [{ batch_id }] });
});

test("creating tells the refused and the doubled lines, where there are any", async () => {
  const told = await createBatch({
    domains: [
      "told.example",
      "https://TOLD.example/",
      "nothing here",
      "two.example, three.example",
    ],
  });
  expect(told).toMatchObject({
    job_count: 4,
    duplicate_count: 1,
    duplicates: [{ line: 2, input: "https://TOLD.example/", of: 1 }],
    invalid_count: 1,
    invalid: [{ line: 3, input: "nothing here", reason: "There is no web address in this line." }],
  });
});

test("a list is sorted as rows as well as text", async () => {
  const answer = await stack.post(
    "/api/v3/batch_page_scraper/validate",
    {
      rows: [
        ["Nr", "Shop", "Site"],
        [1, "shop.example", "site.example"],
      ],
      column: 1,
    },
    OWNER,
  );
  expect(answer.status).toBe(200);
  expect(Object.keys((await answer.json()) as object)).toEqual([
    "valid",
    "fixed",
    "recent",
    "duplicates",
    "invalid",
    "columns",
    "estimate",
  ]);
});

test("the owner's curl commands work with a bearer key added and give the old keys", async () => {
  const created = await createBatch();
  expect(Object.keys(created)).toEqual(["batch_id", "status_url", "job_count", "created_at"]);
  expect(created).toMatchObject({
    job_count: 1,
    status_url: `${BATCH}/${created.batch_id}/status`,
  });
  expect(created.created_at).toMatch(TIME);

  const answer = await stack.get(
    `${created.status_url}?raw_sql=true&no_prepare=true&statement_cache_size=0`,
    OWNER,
  );
  expect(answer.headers.get("retry-after")).toBe("2");
  const status = (await answer.json()) as Record<string, unknown> & {
    domain_statuses: Record<string, object>;
  };
  expect(Object.keys(status)).toEqual([
    "batch_id",
    "status",
    "total_domains",
    "completed_domains",
    "failed_domains",
    "progress",
    "created_at",
    "updated_at",
    "start_time",
    "end_time",
    "processing_time",
    "domain_statuses",
    "error",
    "metadata",
  ]);
  expect(status).toMatchObject({
    status: "pending",
    total_domains: 1,
    progress: 0,
    metadata: {},
    error: null,
  });
  expect(Object.keys(status.domain_statuses["example.com"] ?? {})).toEqual([
    "status",
    "job_id",
    "start_time",
    "end_time",
    "processing_time",
    "error",
  ]);
});

test("profiles and jobs have exactly the old keys", async () => {
  const { batch_id: batchId } = await createBatch({
    domains: ["a.example", "b.example", "localhost"],
  });
  const profiles = (await (await stack.get("/api/v3/profiles", OWNER)).json()) as {
    data: object[];
  };
  expect(profiles.data).toHaveLength(4);
  const profileKeys = [
    "id",
    "name",
    "email",
    "role",
    "bio",
    "tenant_id",
    "active",
    "created_at",
    "updated_at",
  ];
  for (const profile of profiles.data) expect(Object.keys(profile)).toEqual(profileKeys);
  const [one] = profiles.data as [{ id: string }];
  expect(await (await stack.get(`/api/v3/profiles/${one.id}`, OWNER)).json()).toEqual({
    data: one,
  });

  const answer = await stack.get(`/api/v3/jobs?limit=2&batch_id=${batchId}`, OWNER);
  const jobs = (await answer.json()) as { data: { job_id: string; id: number; domain: string }[] };
  expect(jobs.data.map((job) => job.domain)).toEqual(["localhost", "b.example"]);
  for (const job of jobs.data) {
    expect(Object.keys(job)).toEqual([
      "id",
      "job_id",
      "job_type",
      "tenant_id",
      "created_by",
      "status",
      "domain_id",
      "domain",
      "progress",
      "result_data",
      "error",
      "job_metadata",
      "batch_id",
      "created_at",
      "updated_at",
    ]);
    for (const id of [job.job_id, job.id]) {
      expect(await (await stack.get(`/api/v3/jobs/${id}`, OWNER)).json()).toEqual({ data: job });
    }
  }
  const cursor = answer.headers.get("x-next-cursor") ?? "";
  const rest = await stack.get(`/api/v3/jobs?limit=2&batch_id=${batchId}&cursor=${cursor}`, OWNER);
  expect(((await rest.json()) as typeof jobs).data.map((job) => job.domain)).toEqual(["a.example"]);
  expect(rest.headers.get("x-next-cursor")).toBeNull();
});

test("a copy of the leads is kept by updated_since: rows, deletions, and a place to go on from, always", async () => {
  await stack.rows(
    `with made as (
       insert into domains (tenant_id, domain) select t.id, 'kept-' || n || '.example' from tenants t cross join generate_series(1, 3) n
       returning id, tenant_id, domain
     )
     insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan)
     select id, tenant_id, domain, domain, now(), now() from made`,
  );
  const since = "/api/v3/leads?updated_since=2026-01-01T00:00:00Z";
  const read = async (path: string) => {
    const answer = await stack.get(path, OWNER);
    const { data } = (await answer.json()) as { data: { domain_id: string; domain: string }[] };
    return { status: answer.status, data, next: answer.headers.get("x-next-cursor") ?? "" };
  };
  const { data: plain } = await read("/api/v3/leads?limit=1000");
  const first = await read(`${since}&limit=2`);
  const rest = await read(`${since}&cursor=${first.next}`);
  const copy = [...first.data, ...rest.data];
  expect(first.data).toHaveLength(2);
  expect(copy).toHaveLength(plain.length);
  expect(copy).toEqual(expect.arrayContaining(plain));
  expect(await read(`${since}&cursor=${rest.next}`)).toMatchObject({ status: 200, data: [] });
  const gone = copy.find(({ domain }) => domain === "kept-2.example");
  await stack.rows("delete from domains where id = :id::uuid", { id: gone?.domain_id });
  expect((await read(`${since}&cursor=${rest.next}`)).data).toEqual([
    { domain_id: gone?.domain_id, deleted: true },
  ]);
  for (const beside of ["town=Wien", "order=name", "offset=1"]) {
    expect((await stack.get(`${since}&${beside}`, OWNER)).status).toBe(422);
  }
  await stack.rows("delete from domains where domain like 'kept-%'");
});

test("lists are narrowed by every filter of theirs, and go on by cursor", async () => {
  const read = async (path: string) => {
    const answer = await stack.get(path, OWNER);
    const { data } = (await answer.json()) as { data: Record<string, unknown>[] };
    return { data, next: answer.headers.get("x-next-cursor") };
  };
  const { batch_id: batchId } = await createBatch({ domains: ["narrow.example", "no site"] });
  const jobs = async (query: string) =>
    (await read(`/api/v3/jobs?batch_id=${batchId}&${query}`)).data.map(({ status }) => status);
  expect(await jobs("")).toEqual(["failed", "pending"]);
  expect(await jobs("status=failed")).toEqual(["failed"]);
  expect(await jobs("status=failed,pending")).toEqual(["failed", "pending"]);
  expect(await jobs("status=failed&status=pending")).toEqual(["failed", "pending"]);
  expect(await jobs("status=complete")).toEqual([]);
  expect(await jobs("job_type=batch_page_scraper")).toHaveLength(2);
  expect(await jobs("job_type=other")).toEqual([]);

  const all = (await read("/api/v3/profiles")).data;
  const first = await read("/api/v3/profiles?limit=3");
  const rest = await read(`/api/v3/profiles?limit=3&cursor=${first.next}`);
  expect([...first.data, ...rest.data]).toEqual(all);
  expect(rest.next).toBeNull();
  expect((await read("/api/v3/profiles?active=true")).data).toEqual(all);
  expect((await read("/api/v3/profiles?active=no")).data).toEqual([]);
});

test("a word with a comma is asked for as it is, and several by as many parameters", async () => {
  const towns = ["Frankfurt, Main", "Wien", "Main"];
  for (const [at, town] of towns.entries()) {
    await stack.rows(
      `with site as (
         insert into domains (tenant_id, domain) select tenant_id, :domain from profiles where email = :owner returning id, tenant_id
       )
       insert into app.leads (domain_id, tenant_id, domain, display_domain, town, country, first_scan, last_scan)
       select id, tenant_id, :domain, :domain, :town, 'DE', now(), now() from site`,
      { domain: `town-${at}.example`, town, owner: OWNER },
    );
  }
  const found = async (query: string) => {
    const answer = await stack.get(`/api/v3/leads?${query}`, OWNER);
    const { data } = (await answer.json()) as { data: { town: string }[] };
    return data.map(({ town }) => town).toSorted();
  };
  expect(await found("town=Frankfurt,%20Main")).toEqual(["Frankfurt, Main"]);
  expect(await found("town=Frankfurt,%20Main&town=wien")).toEqual(["Frankfurt, Main", "Wien"]);
  expect(await found("town=Wien,Main")).toEqual([]);
  expect(await found("country=AT,DE&town=Main")).toEqual(["Main"]);
  expect(await found("country=AT&country=DE&town=Main")).toEqual(["Main"]);
  const csv = await stack.get(
    "/api/v3/export/leads.csv?columns=town&town=Frankfurt,%20Main",
    OWNER,
  );
  expect((await csv.text()).trim().split("\r\n")).toHaveLength(2);
});

test("a batch is made of text or rows with their columns and a label, and says what it cut", async () => {
  const long = "x".repeat(501);
  const rows = [
    ["Id", "Website", "Note"],
    [7, "acme.example", long],
    [8, "ACME.example", null],
    [9, "no site", true],
  ];
  const answer = await stack.post(BATCH, { rows, column: 1, label: "Spring" }, OWNER);
  expect(answer.status).toBe(200);
  const made = (await answer.json()) as { batch_id: string };
  expect(made).toMatchObject({
    job_count: 1,
    duplicate_count: 1,
    invalid: [{ line: 4, input: "no site" }],
    cut: { columns: 0, cells: 1 },
  });
  const listed = await (await stack.get("/api/v3/batches?limit=1", OWNER)).json();
  expect(listed).toMatchObject({ data: [{ batch_id: made.batch_id, label: "Spring" }] });
  const back = await stack.get(`/api/v3/export/batches/${made.batch_id}/list.json`, OWNER);
  expect(await back.json()).toMatchObject([
    { Id: "7", Note: "x".repeat(500) },
    { Id: "8" },
    { Id: "9" },
  ]);

  const text = "Name;Website\nAcme;acme.example\nBeta;beta.example";
  const written = await stack.post(BATCH, { text }, OWNER);
  const created = (await written.json()) as object;
  expect(created).toMatchObject({ job_count: 2 });
  expect(Object.keys(created)).toEqual(["batch_id", "status_url", "job_count", "created_at"]);
  const sorted = await stack.post("/api/v3/batch_page_scraper/validate", { rows }, OWNER);
  expect(await sorted.json()).toMatchObject({ cut: { columns: 0, cells: 1 } });
});

test("a list is given in one form, and of text and rows not more lines than are taken", async () => {
  const lines = (count: number) => Array.from({ length: count }, (_, at) => `site-${at}.example`);
  const statusOf = async (body: object) => {
    const answer = await stack.post(BATCH, body, OWNER);
    const { detail } = (await answer.json()) as { detail?: { loc: string[]; msg: string }[] };
    return [answer.status, detail?.[0]?.loc[1], detail?.[0]?.msg];
  };
  const tooMany = "A batch takes at most 10,000 lines.";
  expect(await statusOf({ rows: lines(10_000) })).toEqual([200, undefined, undefined]);
  expect(await statusOf({ rows: lines(10_001) })).toEqual([422, "rows", tooMany]);
  expect(await statusOf({ text: lines(10_001).join("\n") })).toEqual([422, "text", tooMany]);
  const both = "Give either domains, text or rows";
  expect(await statusOf({ text: "a.example", rows: [] })).toEqual([422, "domains", both]);
  expect(await statusOf({})).toEqual([422, "domains", "Field required"]);
  expect((await statusOf({ text: "" }))[0]).toBe(422);
  expect((await statusOf({ text: "a.example", label: "x".repeat(201) }))[1]).toBe("label");
});

test("parameters that a route does not have are refused by their names, few of very many", async () => {
  const many = Array.from({ length: 500 }, (_, at) => `p${at}=1`).join("&");
  const answer = await stack.get(`/api/v3/jobs?limit=1&${many}`, OWNER);
  expect(answer.status).toBe(422);
  const { detail } = (await answer.json()) as { detail: { loc: string[] }[] };
  expect(detail.map(({ loc }) => loc[1])).toEqual(Array.from({ length: 20 }, (_, at) => `p${at}`));
  for (const path of [
    "/api/v3/jobs?raw_sql=true&no_prepare=true&statement_cache_size=0",
    "/api/v3/batch_page_scraper/health?_=1",
  ])
    expect((await stack.get(path, OWNER)).status).toBe(200);
  const body = { domains: ["a.com"] };
  expect((await stack.post(`${BATCH}?label=x`, body, OWNER)).status).toBe(422);
});

test("times are told to the microsecond, as they are stored", async () => {
  const { batch_id: batchId, created_at: created } = await createBatch();
  const [stored] = await stack.rows<{ batch: string; job: string }>(
    `select to_char(b.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') as batch,
       to_char(j.created_at, 'YYYY-MM-DD"T"HH24:MI:SS.US+00:00') as job
     from batch_jobs b join jobs j on j.batch_id = b.batch_id where b.batch_id = :batchId::uuid`,
    { batchId },
  );
  const jobs = await stack.get(`/api/v3/jobs?batch_id=${batchId}`, OWNER);
  const { data } = (await jobs.json()) as { data: { created_at: string }[] };
  expect({ batch: created, job: data[0]?.created_at }).toEqual(stored);
});

test("the doubled prefix of the first system leads to the same routes", async () => {
  const single = await (await stack.get("/api/v3/profiles?limit=1", OWNER)).json();
  expect(await (await stack.get("/api/v3/api/v3/profiles?limit=1", OWNER)).json()).toEqual(single);
});

test("what only the first system's programs ask for says that it is deprecated, and every answer by which request it was asked", async () => {
  for (const [path, deprecated] of [
    ["/api/v3/profiles", false],
    ["/api/v3/nowhere", false],
    ["/api/v3/batch_page_scraper/health", false],
    ["/api/v3/profiles?raw_sql=true", true],
    ["/api/v3/profiles?no_prepare=true&statement_cache_size=0", true],
    ["/api/v3/api/v3/profiles", true],
    ["/api/v3/api/v3/nowhere", true],
  ] as const) {
    const answer = await stack.get(path, OWNER, { "x-request-id": "from-the-caller" });
    const { headers } = answer;
    const told = [/^@\d+$/.test(headers.get("deprecation") ?? ""), headers.has("link")];
    expect(told, path).toEqual([deprecated, deprecated]);
    expect(answer.headers.get("x-request-id")).toBe("from-the-caller");
  }
  const refused = await stack.get("/api/v3/profiles", OWNER, { "x-request-id": "bad id" });
  expect(refused.headers.get("x-request-id")).toMatch(/^[0-9a-f-]{36}$/);
});

test("a status that did not change is not sent again", async () => {
  const { status_url: path } = await createBatch();
  const first = await stack.get(path, OWNER);
  const etag = first.headers.get("etag") ?? "";
  const second = await stack.get(path, OWNER, { "if-none-match": etag });
  expect([second.status, await second.text()]).toEqual([304, ""]);
  const other = await stack.get(`${path}?domain_statuses=false`, OWNER, { "if-none-match": etag });
  expect(other.status).toBe(200);
  expect(await other.json()).toMatchObject({ domain_statuses: {}, metadata: {} });
});

test("of a batch above 2,000 domains only running and failed ones are listed, and it says so", async () => {
  const domains = Array.from({ length: 2001 }, (_, index) => `many-${index}.example`);
  const { status_url: path } = await createBatch({ domains: [...domains, "localhost"] });
  const status = (await (await stack.get(path, OWNER)).json()) as {
    domain_statuses: object;
    metadata: object;
  };
  expect(Object.keys(status.domain_statuses)).toEqual(["localhost"]);
  expect(status.metadata).toEqual({ domain_statuses_truncated: true });
});

test("an Idempotency-Key makes one batch", async () => {
  const headers = { "idempotency-key": "rest-once" };
  const body = { domains: ["once.example"] };
  const first = await stack.post(BATCH, body, OWNER, headers);
  const second = await stack.post(BATCH, body, OWNER, headers);
  expect(await second.json()).toEqual(await first.json());
  expect([
    first.headers.get("idempotent-replayed"),
    second.headers.get("idempotent-replayed"),
  ]).toEqual([null, "true"]);
  const clash = await stack.post(BATCH, { domains: ["twice.example"] }, OWNER, headers);
  expect(clash.status).toBe(409);
  expect(await clash.json()).toMatchObject({
    error: true,
    status_code: 409,
    code: "IDEMPOTENCY_MISMATCH",
  });
});

describe("what is refused, and how", () => {
  const first = (status: number, message: unknown) => ({
    error: true,
    message,
    status_code: status,
  });
  const detail = (loc: (string | number)[], type: string) => ({
    error: true,
    detail: [{ loc, msg: expect.any(String), type }],
  });
  const empty = { message: "Missing required parameter", error: "domains list is required" };

  test.each([
    ["", 422, detail(["body", 1], "json_invalid")],
    ["{", 422, detail(["body", 1], "json_invalid")],
    ["[]", 422, detail(["body"], "model_attributes_type")],
    ["{}", 422, detail(["body", "domains"], "missing")],
    [{ domains: "a.com" }, 422, detail(["body", "domains"], "list_type")],
    [{ domains: [] }, 400, first(400, empty)],
    [{ domains: [7] }, 422, detail(["body", "domains", 0], "string_type")],
    [{ domains: ["localhost", "10.0.0.1"] }, 422, detail(["body", "domains"], "value_error")],
    [
      { domains: ["a.com"], max_pages: 0 },
      422,
      detail(["body", "max_pages"], "greater_than_equal"),
    ],
    [
      { domains: ["a.com"], max_pages: 1001 },
      422,
      detail(["body", "max_pages"], "less_than_equal"),
    ],
    [
      { domains: ["a.com"], max_pages: -1 },
      422,
      detail(["body", "max_pages"], "greater_than_equal"),
    ],
    [{ domains: ["a.com"], max_pages: 1.5 }, 422, detail(["body", "max_pages"], "int_parsing")],
    [{ domains: ["a.com"], max_pages: "many" }, 422, detail(["body", "max_pages"], "int_parsing")],
    [
      { domains: ["a.com"], max_concurrent: 1e9 },
      422,
      detail(["body", "max_concurrent"], "less_than_equal"),
    ],
    [{ domains: Array(10_001).fill("a.com") }, 422, detail(["body", "domains"], "too_long")],
    [
      { domains: ["a.com"], tenant_id: "550e8400-e29b-41d4-a716-446655440000" },
      403,
      first(403, "Forbidden"),
    ],
  ])("POST batch %j", async (body, status, shape) => {
    const answer = await stack.post(BATCH, body, OWNER);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(shape);
  });

  test.each([
    ["/api/v3/jobs?limit=0", 422, detail(["query", "limit"], "greater_than_equal")],
    ["/api/v3/jobs?limit=ten", 422, detail(["query", "limit"], "int_parsing")],
    ["/api/v3/jobs?offset=10001", 422, detail(["query", "offset"], "value_error")],
    ["/api/v3/jobs?cursor=nonsense", 422, detail(["query", "cursor"], "value_error")],
    ["/api/v3/profiles?limit=1001", 422, detail(["query", "limit"], "less_than_equal")],
    ["/api/v3/jobs/not-an-id", 404, first(404, "Job not found")],
    ["/api/v3/profiles/not-an-id", 404, first(404, "Profile not found")],
    [`${BATCH}/not-an-id/status`, 404, first(404, "Batch not found")],
    [`${BATCH}/00000000-0000-4000-8000-000000000000/status`, 404, first(404, "Batch not found")],
    [`/api/v3/jobs/${"1".repeat(101)}`, 404, first(404, "Job not found")],
    [`/api/v3/profiles/${"a".repeat(101)}`, 404, first(404, "Profile not found")],
    [`${BATCH}/${"a".repeat(101)}/status`, 404, first(404, "Batch not found")],
    [`/api/v3/jobs?job_type=${"x".repeat(60)}`, 422, detail(["query", "job_type"], "value_error")],
    [`/api/v3/jobs?status=${"x".repeat(60)}`, 422, detail(["query", "status"], "value_error")],
    ["/api/v3/jobs?status=done", 422, detail(["query", "status"], "value_error")],
    ["/api/v3/jobs?batch_id=nope", 404, first(404, "Batch not found")],
    ["/api/v3/jobs?stauts=failed", 422, detail(["query", "stauts"], "extra_forbidden")],
    ["/api/v3/leads/example.com?town=Wien", 422, detail(["query", "town"], "extra_forbidden")],
    ["/api/v3/export/leads.csv?twon=x", 422, detail(["query", "twon"], "extra_forbidden")],
    ["/api/v3/jobs?status=failed,nonsense", 422, detail(["query", "status"], "value_error")],
    ["/api/v3/profiles?active=perhaps", 422, detail(["query", "active"], "bool_parsing")],
    ["/api/v3/profiles?offset=10001", 422, detail(["query", "offset"], "value_error")],
    ["/api/v3/profiles?cursor=nonsense", 422, detail(["query", "cursor"], "value_error")],
    [`/api/v3/jobs?batch_id=${"x".repeat(256)}`, 422, detail(["query", "batch_id"], "value_error")],
    ["/api/v3/nowhere", 404, first(404, "Not Found")],
    ["/nowhere", 404, first(404, "Not Found")],
    [BATCH, 405, first(405, "Method Not Allowed")],
  ])("GET %s", async (path, status, shape) => {
    const answer = await stack.get(path, OWNER);
    expect(answer.status).toBe(status);
    expect(await answer.json()).toMatchObject(shape);
    expect(answer.headers.get("allow")).toBe(status === 405 ? "POST" : null);
  });

  test("numbers written as strings are taken, as the first system did", async () => {
    const body = {
      domains: ["a.com"],
      max_pages: "5",
      max_concurrent: "2",
      batch_id: "ignored",
      more: 1,
    };
    const { batch_id: batchId } = await createBatch(body);
    expect(batchId).not.toBe("ignored");
    const [row] = await stack.rows(
      "select options from batch_jobs where batch_id = :batchId::uuid",
      { batchId },
    );
    expect(row).toEqual({ options: { max_pages: 5, max_concurrent: 2 } });
  });

  test("nobody, a wrong key, a missing right, a foreign tenant, a foreign batch", async () => {
    const path = "/api/v3/profiles";
    const nobody = await stack.get(path);
    expect(nobody.status).toBe(401);
    expect(nobody.headers.get("www-authenticate")).toBe("Bearer");
    expect(await nobody.json()).toMatchObject(first(401, "Not authenticated"));
    const key = stack.user(OWNER).apiKey;
    for (const wrong of [
      "nonsense",
      `${key.slice(0, -1)}x`,
      key.replace(/_[0-9a-f]{48}$/, `_${"0".repeat(48)}`),
    ]) {
      const answer = await stack.get(path, undefined, { authorization: `Bearer ${wrong}` });
      expect(answer.status).toBe(401);
      expect(await answer.json()).toMatchObject(first(401, "Could not validate credentials"));
    }
    const viewer = await stack.post(BATCH, { domains: ["a.com"] }, VIEWER);
    expect(viewer.status).toBe(403);
    expect(await viewer.json()).toMatchObject(first(403, "Forbidden"));
    expect((await stack.get(path, OWNER, { "x-tenant-id": "harbor" })).status).toBe(403);
    expect((await stack.get(path, OWNER, { "x-tenant-id": "skyline" })).status).toBe(200);

    const { batch_id: batchId } = await createBatch();
    const foreign = await stack.get(`${BATCH}/${batchId}/status`, FAR_OWNER);
    const { request_id: _one, ...body } = (await foreign.json()) as Record<string, unknown>;
    const unknown = await stack.get(
      `${BATCH}/00000000-0000-4000-8000-000000000000/status`,
      FAR_OWNER,
    );
    const { request_id: _other, ...same } = (await unknown.json()) as Record<string, unknown>;
    expect([foreign.status, body]).toEqual([unknown.status, same]);
  });
});

test("keys that are revoked, expired or narrower than their person stop there", async () => {
  const [key] = await stack.rows<{ id: string; last_used_at: string | null }>(
    "select k.id, k.last_used_at from app.api_keys k join profiles p on p.id = k.profile_id where p.email = :email",
    { email: FAR_OWNER },
  );
  await stack.get("/api/v3/profiles", FAR_OWNER);
  const used = async () =>
    (
      await stack.rows<{ last_used_at: string }>(
        "select last_used_at from app.api_keys where id = :id::uuid",
        { id: key?.id },
      )
    )[0]?.last_used_at;
  const firstUse = await used();
  expect(firstUse).toBeTruthy();
  await stack.get("/api/v3/profiles", FAR_OWNER);
  expect(await used()).toBe(firstUse);

  const statusWith = async (change: string) => {
    await stack.rows(`update app.api_keys set ${change} where id = :id::uuid`, { id: key?.id });
    return (await stack.get("/api/v3/profiles", FAR_OWNER)).status;
  };
  expect(await statusWith("scopes = array['jobs:read']")).toBe(403);
  expect(await statusWith("scopes = array['profiles:read', 'platform:health']")).toBe(200);
  expect(await statusWith("expires_at = now() - interval '1 second'")).toBe(401);
  expect(await statusWith("expires_at = null, revoked_at = now()")).toBe(401);
  expect(await statusWith("revoked_at = null")).toBe(200);
});
