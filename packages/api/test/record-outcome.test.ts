import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import type { Procedures } from "../src/index.ts";
import { findCancelled, recordLost, recordOutcomes, startJobs } from "../src/services.ts";
import { done, failed, lead, metrics, page, retry, site } from "./outcomes.ts";
import { claimJobs, promoteWaiting, recordClaim } from "./claim-and-record.ts";
import { createWorld, type World } from "./world.ts";

let world: World;
let api: Procedures;
beforeAll(async () => {
  world = await createWorld();
  api = await world.caller(world.tenants.near, "owner");
});
afterEach(() => world.rows("delete from pgboss.job"));
afterAll(() => world.close());

/** A batch of these domains with all of them running. */
async function startBatch(domains: string[], overrides = {}) {
  const { batchId } = await api.batches.create({ domains, maxConcurrent: 100, ...overrides });
  const claims = await claimJobs(world, 1000);
  const byDomain = new Map(claims.map((claim) => [claim.domain, claim]));
  const claimOf = (domain: string) => {
    const claim = byDomain.get(domain);
    if (!claim) throw new Error(`${domain} was not claimed`);
    return claim;
  };
  return { batchId, claims, claimOf };
}

/** Columns that a scrape says nothing about: other parts of the system fill them. */
const NOT_FROM_A_SCRAPE = [
  "local_business_scraped_status",
  "local_business_scraped_at",
  "agency_sitemap_analysis_done",
  "agency_sitemap_analysis_done_at",
  "agency_wordpress_details",
  "agency_wordpress_details_at",
  "agency_copyright_status",
  "agency_copyright_status_at",
  "agency_ad_performance_status",
  "agency_ad_performance_at",
  "content_scrape_error",
  "page_scrape_error",
  "sitemap_monitor_error",
  "hosting_location",
  "business_category",
  "estimated_traffic",
  "industry_vertical",
  "competitor_group",
  "market_segment",
  "last_error",
  "uptime_percentage",
  "error_history",
  "monitoring_status",
  "alert_threshold",
  "domain_metadata",
  "notes",
  "local_business_id",
  "sitemap_analysis_error",
];

test("a scrape fills every column it can fill, of domain, pages and contacts", async () => {
  const { batchId, claimOf } = await startBatch(["bakery.example"]);
  expect(await recordClaim(world, claimOf("bakery.example"), done())).toBe("recorded");

  const [domain] = await world.rows<Record<string, unknown>>(
    "select * from domains where domain = 'bakery.example'",
  );
  const empty = Object.entries(domain ?? {}).filter(([, value]) => value === null);
  expect(empty.map(([column]) => column)).toEqual(NOT_FROM_A_SCRAPE);
  expect(domain).toMatchObject({
    tenant_id: world.tenants.near.id,
    batch_id: batchId,
    content_scrape_status: "Completed",
    sitemap_analysis_status: "Completed",
    title: site.title,
    server_response_time: 83,
    primary_language: "de",
    payment_methods: ["Visa", "Cash"],
    tech_stack: [{ name: "WordPress", category: "CMS", version: "6.8" }],
    business_hours: site.businessHours,
    phone_numbers: ["+4312345678"],
    email_addresses: ["info@bakery.example", "hr@gmail.com"],
    physical_addresses: ["Hauptplatz 1, Wien"],
    country_code: "AT",
    content_language: ["de", "en"],
    twitter_url: "https://twitter.com/sonne",
    error_count: 0,
    page_count: 2,
    meta_json: { final_url: "https://bakery.example/", flags: ["truncated"] },
  });

  const pages = await world.rows<Record<string, unknown>>(
    "select * from pages where domain_id = :id::uuid order by url",
    { id: domain?.["id"] },
  );
  expect(pages).toMatchObject([
    { url: "https://bakery.example/", page_type: "home", word_count: 321, has_schema_markup: true },
    {
      url: "https://bakery.example/contact",
      page_processing_status: "Complete",
      schema_types: ["Bakery"],
    },
  ]);
  expect(
    Object.entries(pages[0] ?? {}).flatMap(([key, value]) => (value === null ? [key] : [])),
  ).toEqual(["sitemap_file_id", "page_processing_error"]);
  const contacts = await world.rows(
    `select email, email_type, has_gmail, context, source_url, source_job_id from contacts
     where domain_id = :id::uuid order by email`,
    { id: domain?.["id"] },
  );
  const { jobId } = claimOf("bakery.example");
  const about = { context: "Write to us", source_job_id: jobId };
  expect(contacts).toEqual([
    {
      ...about,
      email: "hr@gmail.com",
      email_type: "Free",
      has_gmail: true,
      source_url: "https://bakery.example/contact",
    },
    {
      ...about,
      email: "info@bakery.example",
      email_type: "Corporate",
      has_gmail: false,
      source_url: "https://bakery.example/",
    },
  ]);

  const job = await api.jobs.byId({ jobId });
  expect(job).toMatchObject({
    status: "complete",
    progress: 100,
    attempts: 1,
    pages: 2,
    domainId: domain?.["id"],
    result: {
      finalUrl: site.finalUrl,
      title: site.title,
      pages: 2,
      contacts: 2,
      phones: 1,
      technologies: ["WordPress"],
    },
    attemptList: [
      {
        attempt: 1,
        outcome: "done",
        workerId: "worker-1",
        httpStatus: 200,
        bytes: 12_345,
        timings: { fetchMs: 210, parseMs: 13 },
      },
    ],
  });
  const [stored] = await world.rows(
    "select result = result_data as same from jobs where job_id = :jobId::uuid",
    { jobId },
  );
  expect(stored).toEqual({ same: true });
  expect(await api.batches.byId({ batchId })).toMatchObject({
    status: "complete",
    progress: 100,
    pages: 2,
    counts: { complete: 1, failed: 0, pending: 0, running: 0 },
  });
});

test("a second scan keeps the first scan's time and a person's choices, and updates the rest", async () => {
  await world.rows(
    "update domains set notes = 'call in May', meta_json = meta_json || '{\"mine\": 1}' where domain = 'bakery.example'",
  );
  await world.rows(
    "update pages set page_curation_status = 'Skipped' where url = 'https://bakery.example/contact'",
  );
  const [before] = await world.rows<{ first_scan: string }>(
    "select first_scan from domains where domain = 'bakery.example'",
  );
  const { claimOf } = await startBatch(["bakery.example"]);
  const moved = done({
    lead: { ...lead, emails: [] },
    site: { ...site, title: "Sonne", wordpress: null },
    pages: [page("/contact"), page("/new")],
  });
  await recordClaim(world, claimOf("bakery.example"), moved);
  const [after] = await world.rows(
    "select first_scan, title, is_wordpress, wordpress_version, notes, meta_json->'mine' as mine from domains where domain = 'bakery.example'",
  );
  expect(after).toEqual({
    ...before,
    title: "Sonne",
    is_wordpress: false,
    wordpress_version: null,
    notes: "call in May",
    mine: 1,
  });
  const pages = await world.rows("select url, page_curation_status from pages order by url");
  expect(pages).toEqual([
    { url: "https://bakery.example/", page_curation_status: "New" },
    { url: "https://bakery.example/contact", page_curation_status: "Skipped" },
    { url: "https://bakery.example/new", page_curation_status: "New" },
  ]);
});

test("a failed scan is told on the job and noted on the domain, whose facts stay", async () => {
  const { batchId, claimOf } = await startBatch(["bakery.example", "gone.example"]);
  await recordClaim(world, claimOf("bakery.example"), failed("http_error"));
  expect(await api.batches.byId({ batchId })).toMatchObject({ status: "running", progress: 50 });
  await recordClaim(world, claimOf("gone.example"), failed());
  expect(await api.batches.byId({ batchId })).toMatchObject({
    status: "failed",
    progress: 100,
    error: "None of the sites could be scraped.",
    failures: [
      { code: "dns_not_found", count: 1, sample: ["gone.example"] },
      { code: "http_error", count: 1, sample: ["bakery.example"] },
    ],
  });
  const rows = await world.rows(
    "select domain, title, error_count, last_error, content_scrape_status, error_history->0->>'code' as code from domains order by domain",
  );
  const message = "The domain name does not exist.";
  expect(rows).toEqual([
    {
      domain: "bakery.example",
      title: "Sonne",
      error_count: 1,
      last_error: message,
      content_scrape_status: "Error",
      code: "http_error",
    },
    {
      domain: "gone.example",
      title: null,
      error_count: 1,
      last_error: message,
      content_scrape_status: "Error",
      code: "dns_not_found",
    },
  ]);
});

test("a site that robots.txt keeps us out of is a failed job that says it was skipped", async () => {
  const { batchId, claimOf } = await startBatch(["shy.example"]);
  await recordClaim(
    world,
    claimOf("shy.example"),
    done({ pages: [], flags: ["robots_disallowed"] }),
  );
  expect((await api.batches.byId({ batchId })).failures).toMatchObject([
    { code: "robots_disallowed", count: 1 },
  ]);
  expect(await api.jobs.byId({ jobId: claimOf("shy.example").jobId })).toMatchObject({
    status: "failed",
    errorCode: "robots_disallowed",
    error: "Skipped: robots.txt does not allow it.",
  });
});

test("a retry waits in the backlog with its attempt kept, and the last one fails for good", async () => {
  const { batchId, claims } = await startBatch(["slow.example"]);
  const jobId = claims[0]?.jobId ?? "";
  let [claim] = claims;
  for (const attempt of [1, 2, 3]) {
    if (!claim) throw new Error(`attempt ${attempt} was not offered`);
    expect(claim.attempt).toBe(attempt);
    expect(await recordClaim(world, claim, retry())).toBe("recorded");
    const job = await api.jobs.byId({ jobId });
    expect(job.status).toBe(attempt < 3 ? "pending" : "failed");
    expect(job.errorCode).toBe(attempt < 3 ? null : "timeout");
    expect(await claimJobs(world, 10)).toEqual([]);
    await promoteWaiting(world, batchId);
    [claim] = await claimJobs(world, 10);
  }
  const { attemptList } = await api.jobs.byId({ jobId });
  expect(attemptList.map((attempt) => [attempt.outcome, attempt.errorCode])).toEqual([
    ["retry", "timeout"],
    ["retry", "timeout"],
    ["failed", "timeout"],
  ]);
  expect(await api.batches.byId({ batchId })).toMatchObject({
    status: "failed",
    counts: { failed: 1 },
  });
});

test("what an older attempt or a cancelled job would write is refused", async () => {
  const { batchId, claims } = await startBatch(["fenced.example"]);
  const jobId = claims[0]?.jobId ?? "";
  const { db } = world.database;
  await db.transaction((tx) =>
    startJobs(tx, { workerId: "worker-2", claims: [{ jobId, attempt: 2 }] }),
  );
  const record = (attempt: number) =>
    db.transaction((tx) =>
      recordOutcomes(tx, [{ jobId, attempt, workerId: "w", outcome: done(), final: false }]),
    );
  expect(await record(1)).toEqual([]);
  expect((await api.jobs.byId({ jobId })).attemptList.map((attempt) => attempt.outcome)).toEqual([
    "lost",
    "running",
  ]);

  expect(await findCancelled(db, [jobId])).toEqual([]);
  await api.batches.cancel({ batchId });
  expect(await findCancelled(db, [jobId])).toEqual([jobId]);
  expect(await record(2)).toEqual([]);
  expect(await world.rows("select 1 from domains where domain = 'fenced.example'")).toEqual([]);
  const late = await db.transaction((tx) =>
    startJobs(tx, { workerId: "w", claims: [{ jobId, attempt: 3 }] }),
  );
  expect(late).toEqual({ started: [], refused: [jobId] });
  expect(await api.batches.byId({ batchId })).toMatchObject({
    status: "cancelled",
    counts: { cancelled: 1 },
  });
});

test("jobs whose workers vanished for good end their batches", async () => {
  const one = await startBatch(["lost-a.example", "lost-b.example"]);
  const two = await startBatch(["lost-c.example", "kept.example"]);
  await recordClaim(world, two.claimOf("kept.example"), done({ metrics }));
  const lost = [...one.claims, two.claimOf("lost-c.example")].map((claim) => claim.jobId);
  await world.database.db.transaction((tx) => recordLost(tx, lost));
  await world.database.db.transaction((tx) => recordLost(tx, lost));
  expect(await api.batches.byId({ batchId: one.batchId })).toMatchObject({
    status: "failed",
    counts: { failed: 2 },
  });
  expect(await api.batches.byId({ batchId: two.batchId })).toMatchObject({
    status: "partial",
    counts: { complete: 1, failed: 1 },
    failures: [{ code: "worker_lost" }],
  });
});

test("workers that record one domain for two batches, and a cancel amid them, never block each other", async () => {
  const names = Array.from({ length: 30 }, (_, index) => `shared-${index}.example`);
  // The queue offers a site to one at a time; who lost a lease may still record beside the next.
  const forgetSites = () =>
    world.rows("update pgboss.job set data = data - 'domain' where state = 'active'");
  const one = await startBatch(names);
  await forgetSites();
  const two = await startBatch(names.toReversed());
  await forgetSites();
  const third = await startBatch(names);
  const work = [...one.claims, ...two.claims, ...third.claims].map(
    (claim, index) => () => recordClaim(world, claim, index % 5 === 0 ? failed() : done()),
  );
  const results = await Promise.all([
    ...work.map((record) => record()),
    api.batches.cancel({ batchId: third.batchId }),
    api.batches.cancel({ batchId: third.batchId }),
  ]);
  expect(results).toHaveLength(work.length + 2);
  for (const { batchId } of [one, two, third]) {
    const { counts, status } = await api.batches.byId({ batchId });
    const [rows] = await world.rows<Record<string, number>>(
      `select count(*) filter (where status = 'complete')::int as complete,
         count(*) filter (where status = 'failed')::int as failed,
         count(*) filter (where status = 'cancelled')::int as cancelled from jobs where batch_id = :batchId::uuid`,
      { batchId },
    );
    expect(counts).toEqual({ pending: 0, running: 0, ...rows });
    expect(status).toBe(batchId === third.batchId ? status : "partial");
  }
});
