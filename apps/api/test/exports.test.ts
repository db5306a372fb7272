import { get as httpGet, type IncomingMessage } from "node:http";
import { createClient } from "@scrapersky/client";
import { EXPORTS_AT_ONCE, PERMISSIONS } from "@scrapersky/api";
import { executeRawSql } from "@scrapersky/db";
import { parse } from "csv-parse/sync";
import readExcel from "read-excel-file/node";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerWaitingJobs } from "./answered-batch.ts";
import { addManyJobs } from "./many-jobs.ts";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

let stack: Stack;
let batchId: string;
const apiOf = (email: string) => createClient({ url: stack.url, apiKey: stack.user(email).apiKey });

beforeAll(async () => {
  stack = await startStack();
  ({ batchId } = await apiOf(OWNER).batches.create.mutate({
    domains: ["example.com", "other.example", "=no domain"],
    label: "Bäcker & Söhne: 50 % / „Süd“",
  }));
  await answerWaitingJobs(stack);
});
afterAll(() => stack.close());

const JOBS = "/api/v3/export/jobs";
const inBatch = (format: string, more = ""): string =>
  `${JOBS}.${format}?batch_id=${batchId}&order=batch${more}`;

async function read(path: string, email = OWNER, headers: Record<string, string> = {}) {
  const answer = await stack.get(path, email, headers);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return { answer, status: answer.status, bytes, text: bytes.toString() };
}

const exportIdOf = (answer: Response): string => answer.headers.get("x-export-id") ?? "";

/** The export once it has ended: what is noted of it comes after its last byte. */
async function ended(exportId: string, email = OWNER) {
  const look = () => apiOf(email).exports.byId.query({ exportId });
  await expect.poll(async () => (await look()).status).not.toBe("running");
  return look();
}

describe("a list as a file", () => {
  test("CSV, read by a reader that is not ours", async () => {
    const { answer, text } = await read(inBatch("csv", "&columns=domain,status,error_code,pages"));
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toBe("text/csv; charset=utf-8; header=present");
    expect(answer.headers.get("cache-control")).toBe("no-store");
    expect(parse(text, { bom: true })).toEqual([
      ["Domain", "Status", "Error code", "Pages"],
      ["example.com", "complete", "", "1"],
      ["other.example", "complete", "", "1"],
      ["'=no domain", "failed", "invalid_domain", ""],
    ]);
  });

  test("a workbook, its cells text", async () => {
    const { answer, bytes } = await read(inBatch("xlsx", "&columns=domain,pages,created_at"));
    expect(answer.headers.get("content-encoding")).toBeNull();
    const time = expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/) as string;
    expect(await readExcel(bytes)).toEqual([
      {
        sheet: "jobs",
        data: [
          ["Domain", "Pages", "Created (UTC)"],
          ["example.com", "1", time],
          ["other.example", "1", time],
          ["=no domain", null, time],
        ],
      },
    ]);
  });

  test("JSON and NDJSON, by keys and with values of their kinds", async () => {
    const path = (format: string) =>
      inBatch(format, "&columns=job_id,pages,ended_at&status=complete");
    const { text } = await read(path("json"));
    const rows = JSON.parse(text) as { ended_at: string }[];
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(Object.keys(row)).toEqual(["job_id", "pages", "ended_at"]);
      expect(row).toMatchObject({ pages: 1 });
      expect(new Date(row.ended_at).toISOString().slice(0, 23)).toBe(row.ended_at.slice(0, 23));
    }
    const lines = await read(path("ndjson"));
    expect(lines.answer.headers.get("content-type")).toMatch(/^application\/x-ndjson/);
    expect(
      lines.text
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual(rows);
  });

  test("called by the list, the batch's label and the day, as every browser can read it", async () => {
    const { answer } = await read(inBatch("csv"));
    const day = new Date().toISOString().slice(0, 10);
    const name = answer.headers.get("content-disposition") ?? "";
    expect(name).toMatch(
      /^attachment; filename="[\x20-\x7e]+"; filename\*=UTF-8''[\w%.&'()!~*-]+$/,
    );
    expect(decodeURIComponent(name.split("''")[1] ?? "")).toBe(
      `jobs Bäcker & Söhne 50 % „Süd“ ${day}.csv`,
    );
    const all = await read(`${JOBS}.csv`);
    expect(all.answer.headers.get("content-disposition")).toBe(
      `attachment; filename="jobs ${day}.csv"`,
    );
  });

  test("packed when asked for, a workbook never again", async () => {
    const packed = await read(inBatch("csv"), OWNER, { "accept-encoding": "gzip" });
    expect(packed.answer.headers.get("content-encoding")).toBe("gzip");
    const plain = await read(inBatch("csv"), OWNER, { "accept-encoding": "identity" });
    expect(plain.answer.headers.get("content-encoding")).toBeNull();
    expect(plain.answer.headers.get("vary")).toBe("Accept-Encoding");
    expect(packed.text).toBe(plain.text);
    const book = await read(inBatch("xlsx"), OWNER, { "accept-encoding": "gzip" });
    expect(book.answer.headers.get("content-encoding")).toBeNull();
  });

  test("empty where nothing fits, with its headers", async () => {
    const { text } = await read(inBatch("csv", "&status=running&columns=domain"));
    expect(parse(text, { bom: true })).toEqual([["Domain"]]);
    expect((await read(inBatch("json", "&status=running"))).text).toBe("[]\n");
    expect((await read(inBatch("ndjson", "&status=running"))).text).toBe("");
  });
});

test("who took what is noted with the bytes that were sent, and stands in the audit log", async () => {
  const { answer, bytes } = await read(inBatch("csv", "&status=complete"), OWNER, {
    "x-request-id": "export-of-a-batch",
  });
  const exportId = exportIdOf(answer);
  expect(await ended(exportId)).toMatchObject({
    exportId,
    list: "jobs",
    format: "csv",
    status: "complete",
    filters: { batchId, status: ["complete"], order: "batch" },
    rows: 2,
    bytes: bytes.length,
    cut: 0,
    since: null,
    createdBy: { name: expect.any(String) as string },
  });
  const { items } = await apiOf(OWNER).exports.list.query({ list: ["jobs"] });
  expect(items[0]).toMatchObject({ exportId });
  const entries = await stack.rows(
    "select action, target_type, target_id, source, detail->>'list' as list from app.audit_log where request_id = 'export-of-a-batch'",
  );
  expect(entries).toEqual([
    {
      action: "exports.begin",
      target_type: "export",
      target_id: exportId,
      source: expect.stringMatching(/^rest:key:/) as string,
      list: "jobs",
    },
  ]);
});

describe("only what is new", () => {
  test("is what came after an earlier export began, of the same list and tenant", async () => {
    const first = await read(`${JOBS}.csv?columns=domain`);
    const since = exportIdOf(first.answer);
    await ended(since);
    const none = await read(`${JOBS}.json?since=${since}`);
    expect(JSON.parse(none.text)).toEqual([]);
    await apiOf(OWNER).batches.create.mutate({ domains: ["new.example"] });
    const some = await read(`${JOBS}.json?since=${since}&columns=domain`);
    expect(JSON.parse(some.text)).toEqual([{ domain: "new.example" }]);
    expect(await ended(exportIdOf(some.answer))).toMatchObject({ since });

    const other = await read(`/api/v3/export/batches.csv?since=${since}`);
    expect(other.status).toBe(422);
    expect(other.text).toContain("this one was of jobs");
    for (const unknown of [crypto.randomUUID(), "' or 1=1"]) {
      const wrong = await read(`${JOBS}.csv?since=${encodeURIComponent(unknown)}`);
      expect([wrong.status, JSON.parse(wrong.text)]).toMatchObject([
        404,
        { message: "Export not found" },
      ]);
    }
    const foreign = await read(`${JOBS}.csv?since=${since}`, FAR_OWNER);
    expect([foreign.status, JSON.parse(foreign.text)]).toMatchObject([
      404,
      { message: "Export not found" },
    ]);
  });

  test("holds what was not committed when the earlier one looked, although it came before it", async () => {
    let since = "";
    await stack.database.db.transaction(async (tx) => {
      await addManyJobs((...of) => executeRawSql(tx, ...of), OWNER, { count: 1 });
      const { answer } = await read(`${JOBS}.csv?columns=domain`);
      since = exportIdOf(answer);
      await ended(since);
    });
    const { text } = await read(`${JOBS}.json?since=${since}&columns=domain`);
    expect(JSON.parse(text)).toContainEqual({ domain: "site-0.example" });
  });
});

test("needs its own right and the list's, and names a batch of the tenant", async () => {
  const viewer = await read(`${JOBS}.csv`, VIEWER);
  expect([viewer.status, JSON.parse(viewer.text)]).toMatchObject([
    403,
    { code: "NEEDS_export:read" },
  ]);
  const foreign = await read(inBatch("csv"), FAR_OWNER);
  expect([foreign.status, JSON.parse(foreign.text)]).toMatchObject([
    404,
    { message: "Batch not found" },
  ]);
  expect((await read(`${JOBS}.pdf`)).status).toBe(404);
  const unknown = await read(`${JOBS}.csv?columns=domain,secrets`);
  expect(unknown.status).toBe(422);
  expect(unknown.text).toContain("domain, status, error_code");
  const { text } = await read(`${JOBS}.csv?order=batch`);
  expect(JSON.parse(text)).toMatchObject({ detail: [{ loc: ["query", "batch_id"] }] });
});

/** A download that takes nothing but what it is told to take. */
const open = (path: string, email: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { authorization: `Bearer ${stack.user(email).apiKey}` };
    httpGet(stack.url + path, { headers, agent: false }, resolve).once("error", reject);
  });

/** More than what lies between the two ends of a connection. */
const LONG = { count: 12_000, error: "x".repeat(2_000) };

describe("while it is read", () => {
  let many: string;
  beforeAll(async () => {
    many = await addManyJobs(stack.rows, FAR_OWNER, LONG);
  });
  const path = () => `${JOBS}.ndjson?batch_id=${many}&order=batch&columns=domain,pages,error`;

  test("each row that was there at the beginning is told once, as it is when it is reached, and none that came later", async () => {
    const download = await open(path(), FAR_OWNER);
    const last = { many, position: LONG.count - 1 };
    await stack.rows(
      "update app.scrape_jobs set pages = 7 where batch_id = :many::uuid and position = :position::int",
      last,
    );
    await addManyJobs(stack.rows, FAR_OWNER, { count: 1, batchId: many, from: LONG.count });
    let text = "";
    for await (const part of download.setEncoding("utf8")) text += String(part);
    const rows = text
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as { domain: string; pages: number | null });
    expect(rows).toHaveLength(LONG.count);
    expect(new Set(rows.map(({ domain }) => domain)).size).toBe(LONG.count);
    expect(rows.at(-1)).toMatchObject({ pages: 7 });
  });

  test("who leaves ends the reading, gives the place back, and the export does not count", async () => {
    const download = await open(path(), FAR_OWNER);
    const exportId = String(download.headers["x-export-id"]);
    download.destroy();
    expect(await ended(exportId, FAR_OWNER)).toMatchObject({ status: "abandoned" });
    const next = await read(`${JOBS}.csv?since=${exportId}`, FAR_OWNER);
    expect([next.status, JSON.parse(next.text)]).toMatchObject([
      409,
      { code: "EXPORT_NOT_COMPLETE" },
    ]);
  });

  test.each([
    [
      "its key is revoked",
      "update app.api_keys set revoked_at = case when :ends then now() end from profiles p where p.id = profile_id and p.email = :email",
    ],
    [
      "its tenant is switched off",
      "update tenants t set is_active = not :ends from profiles p where p.tenant_id = t.id and p.email = :email",
    ],
    [
      "its reader loses a right",
      `update user_tenants set role_id = r.id from roles r, profiles p
       where r.name = case when :ends then 'viewer' else 'owner' end and p.id = user_id and p.email = :email`,
    ],
  ])("it breaks off when %s", async (_what, sql) => {
    const download = await open(path(), FAR_OWNER);
    const exportId = String(download.headers["x-export-id"]);
    const broken = new Promise((resolve) => download.once("error", resolve));
    await stack.rows(sql, { ends: true, email: FAR_OWNER });
    const status = "select status from app.exports where id::text = :exportId";
    await expect.poll(() => stack.rows(status, { exportId })).toEqual([{ status: "abandoned" }]);
    download.resume();
    expect(await broken).toMatchObject({ code: "ECONNRESET" });
    await stack.rows(sql, { ends: false, email: FAR_OWNER });
  });

  test("a fault in the middle breaks the connection off, so that no part passes for the whole", async () => {
    const download = await open(path(), FAR_OWNER);
    const exportId = String(download.headers["x-export-id"]);
    await stack.rows("alter table app.scrape_jobs rename to scrape_jobs_away");
    const broken = (async () => {
      for await (const _ of download);
    })();
    await expect(broken).rejects.toThrow("aborted");
    await stack.rows("alter table app.scrape_jobs_away rename to scrape_jobs");
    const { status, rows } = await ended(exportId, FAR_OWNER);
    expect(status).toBe("failed");
    expect(rows).toBeLessThan(LONG.count);
    expect(stack.logged()).toContain('"database fault"');
  });

  test("a fault before the first row is answered as any", async () => {
    await stack.rows("alter table app.scrape_jobs rename to scrape_jobs_away");
    const { status, text } = await read(path(), FAR_OWNER);
    await stack.rows("alter table app.scrape_jobs_away rename to scrape_jobs");
    expect([status, JSON.parse(text)]).toMatchObject([500, { message: "Internal server error" }]);
    const { items } = await apiOf(FAR_OWNER).exports.list.query({});
    expect(items[0]).toMatchObject({ status: "failed", rows: 0 });
  });

  test("as many are sent at once as a tenant may have, and another one waits for none of them", async () => {
    const downloads: IncomingMessage[] = [];
    for (let at = 0; at < EXPORTS_AT_ONCE.tenant; at++)
      downloads.push(await open(path(), FAR_OWNER));
    const { answer, status, text } = await read(`${JOBS}.csv`, FAR_OWNER);
    expect([status, JSON.parse(text)]).toMatchObject([429, { code: "TOO_MANY_EXPORTS" }]);
    expect(answer.headers.get("retry-after")).toBe("10");
    expect((await read(inBatch("csv"), OWNER)).status).toBe(200);
    for (const download of downloads) download.destroy();
    await expect
      .poll(async () => (await read(`${JOBS}.csv?columns=domain`, FAR_OWNER)).status)
      .toBe(200);
  });
});

test("the places are those of all apis of a database, and those of one that was killed are free after its lease", async () => {
  const other = await startStack({ DATABASE_URL: stack.databaseUrl });
  let last = "";
  const atOnce = async (api: Stack) => {
    const answer = await api.get(`${JOBS}.csv?columns=domain`, FAR_OWNER);
    await answer.text();
    last = exportIdOf(answer) || last;
    return answer.status;
  };
  try {
    await expect.poll(() => atOnce(other)).toBe(200);
    await ended(last, FAR_OWNER);
    // As many as a tenant may have, of apis that are heard of.
    const places = await stack.rows<{ id: string }>(
      `insert into app.exports (tenant_id, list, format, filters, columns, status, created_by, as_of, seen_from, leased_until)
       select e.tenant_id, 'jobs', 'csv', '{}', '{}', 'running', e.created_by, now(), now(), now() + interval '1 hour'
       from app.exports e cross join generate_series(1, :most::int) where e.id = :last::uuid returning id`,
      { last, most: EXPORTS_AT_ONCE.tenant },
    );
    expect([await atOnce(stack), await atOnce(other)]).toEqual([429, 429]);
    await stack.rows(
      "update app.exports set leased_until = now() - interval '1 second' where id = :id::uuid",
      { id: places[0]?.id },
    );
    expect(await atOnce(other)).toBe(200);
    expect(await ended(places[0]?.id ?? "", FAR_OWNER)).toMatchObject({ status: "failed" });
    await stack.rows("update app.exports set leased_until = now() where status = 'running'");
  } finally {
    await other.close();
  }
});

test("a question for the headers alone counts as none that was sent", async () => {
  const answer = await fetch(`${stack.url}${inBatch("csv")}`, {
    method: "HEAD",
    headers: { authorization: `Bearer ${stack.user(OWNER).apiKey}` },
  });
  expect(answer.status).toBe(200);
  expect(await ended(exportIdOf(answer))).toMatchObject({ status: "abandoned" });
});

describe("the list of a batch", () => {
  const back = (id: string, format: string) => `/api/v3/export/batches/${id}/list.${format}`;
  const SHEET = [
    ["Kunden-Nr", "Firma", "Website", "Notiz"],
    ["007", "Bäcker Süd", "https://www.example.com/", "=1+1"],
    ["008", "ohne", "", null],
    ["009", "doppelt", "example.com", "zwei, mal"],
    ["010", "Müller", "other.example", "Zeile 1\nZeile 2"],
    ["011", "kaputt", "localhost", "👍"],
  ];
  let id: string;
  beforeAll(async () => {
    ({ batchId: id } = await apiOf(OWNER).batches.create.mutate({
      rows: SHEET,
      label: "Frühling",
      fileName: "kunden.xlsx",
    }));
    await answerWaitingJobs(stack);
    await stack.rows(
      `update app.leads set business_name = 'Bäckerei Süd', best_email = 'info@example.com', best_email_rule = 'r',
         best_email_by = 'rule', best_phone = '+49301234567', best_phone_rule = 'r', best_phone_by = 'rule',
         town = 'Berlin', technology_names = '{WordPress,Matomo}' where domain = 'example.com'`,
    );
  });

  test("comes back line by line with its own columns and what was found, read by a real reader of workbooks", async () => {
    const { answer, bytes } = await read(back(id, "xlsx"));
    expect(answer.status).toBe(200);
    const [{ data } = { data: [] }] = await readExcel(bytes);
    const [headers = [], ...lines] = data as (string | null)[][];
    expect(headers.slice(0, 4)).toEqual(SHEET[0]);
    const told = lines.map((cells) =>
      Object.fromEntries(headers.map((name, at) => [name, cells[at]])),
    );
    expect(lines.map((cells) => cells.slice(0, 4))).toEqual(
      SHEET.slice(1).map((cells) => cells.map((cell) => cell || null)),
    );
    const found = {
      Result: "complete",
      Business: "Bäckerei Süd",
      "Best e-mail": "info@example.com",
      "Best phone": "+49301234567",
      Town: "Berlin",
      Technologies: "WordPress, Matomo",
    };
    expect(told).toMatchObject([
      { Line: "2", Domain: "example.com", ...found },
      { Line: "3", Result: "refused", Domain: null, Reason: expect.any(String) as string },
      { Line: "4", ...found, Result: "double", "Same as line": "2" },
      { Line: "5", Domain: "other.example", Result: "complete" },
      { Line: "6", "As given": "localhost", Result: "refused" },
    ]);
  });

  test("comes back as CSV that runs nothing, and as JSON with names of its own", async () => {
    const { answer, text } = await read(back(id, "csv"));
    expect(parse(text, { bom: true })).toHaveLength(SHEET.length);
    expect((parse(text, { bom: true }) as string[][])[1]?.slice(0, 4)).toEqual([
      "007",
      "Bäcker Süd",
      "https://www.example.com/",
      "'=1+1",
    ]);
    expect(answer.headers.get("content-disposition")).toContain("list%20Fr%C3%BChling");
    const json = JSON.parse((await read(back(id, "json"))).text) as object[];
    expect(json[0]).toMatchObject({
      "Kunden-Nr": "007",
      line: 2,
      technologies: ["WordPress", "Matomo"],
    });
  });

  test("has no line twice when its own columns are called as ours are", async () => {
    const { batchId: odd } = await apiOf(OWNER).batches.create.mutate({
      rows: [
        ["domain", "line", "x", "x"],
        ["example.com", "their line", "one", "two"],
      ],
    });
    const [line] = JSON.parse((await read(back(odd, "json"))).text) as object[];
    expect(line).toMatchObject({
      "domain (2)": "example.com",
      "line (2)": "their line",
      x: "one",
      "x (2)": "two",
      line: 2,
      domain: "example.com",
    });
  });

  test("of a batch of an earlier version holds its distinct lines", async () => {
    const { batchId: old } = await apiOf(OWNER).batches.create.mutate({
      domains: ["old.example", "localhost", "old.example"],
    });
    await stack.rows("delete from app.batch_lists where batch_id = :old::uuid", { old });
    const lines = JSON.parse((await read(back(old, "json"))).text) as object[];
    expect(lines).toMatchObject([
      { line: 1, input: "old.example", domain: "old.example", result: "pending" },
      { line: 2, input: "localhost", domain: null, result: "refused" },
    ]);
  });

  test("is nobody's of another tenant, and needs the right to contacts", async () => {
    for (const unknown of [back(id, "csv"), back(crypto.randomUUID(), "csv"), back("x y", "csv")]) {
      const { status, text } = await read(unknown, FAR_OWNER);
      expect([status, JSON.parse(text)]).toMatchObject([404, { message: "Batch not found" }]);
    }
    const { profileId } = { profileId: (await apiOf(OWNER).profiles.me.query()).id };
    const scope = (scopes: string[]) =>
      stack.rows(
        "update app.api_keys set scopes = :scopes::text[] where profile_id = :profileId::uuid",
        {
          scopes,
          profileId,
        },
      );
    await scope(["export:read", "batches:read"]);
    const { status, text } = await read(back(id, "csv"));
    await scope(Object.keys(PERMISSIONS));
    expect([status, JSON.parse(text)]).toMatchObject([403, { code: "NEEDS_contacts:read" }]);
  });

  test("of many lines is read in pieces, each line once and in its order", async () => {
    const rows = Array.from({ length: 2_500 }, (_, at) => [`c${at}`, `www.n${at % 2_400}.example`]);
    const { batchId: many } = await apiOf(OWNER).batches.create.mutate({
      rows: [["id", "site"], ...rows],
    });
    const lines = JSON.parse((await read(back(many, "json"))).text) as {
      id: string;
      line: number;
    }[];
    expect(lines.map(({ id: own }) => own)).toEqual(rows.map(([own]) => own));
    expect(lines.map(({ line }) => line)).toEqual(rows.map((_, at) => at + 2));
  });
});
