import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { scrape } from "@scrapersky/scraper";
import { generateSites, startSites } from "@scrapersky/testing/sites";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Scrape } from "../src/scrape-call.ts";
import { createWorker, type Worker } from "../src/worker.ts";
import { type Harness, openHarness } from "./harness.ts";

let sites: Awaited<ReturnType<typeof startSites>>;
let harness: Harness;
let worker: Worker;
const silent = { info() {}, warn() {}, error() {} };

/** A site at which a visit never ends by itself. */
const ENDLESS = "endless.example";
const untilStopped = (signal: AbortSignal) =>
  new Promise<{ kind: "aborted" }>((resolve) => {
    signal.addEventListener("abort", () => resolve({ kind: "aborted" }));
  });

beforeAll(async () => {
  sites = await startSites({ sites: generateSites({ count: 3, pages: 3, seed: 7 }) });
  harness = await openHarness();
  const local: Scrape = (domain, options) =>
    domain === ENDLESS
      ? untilStopped(options.signal)
      : scrape(domain, { ...options, allow: sites.allow, limits: { hostDelayMs: 0 } });
  worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    scrape: local,
    workerId: "suppressed",
    concurrency: 4,
    log: silent,
    intervals: { poll: 50, gather: 5, cancelled: 50, lost: 100, refill: 50 },
  });
  void worker.run();
});
afterAll(async () => {
  await worker.stop(1_000);
  await harness.close();
  await sites.close();
});

/** Puts an entry on the list, with the removal of what is stored begun and left. */
async function suppress(kind: "domain" | "email", entry: string): Promise<void> {
  await executeRawSql(
    harness.database.db,
    `with purge as (
       insert into app.purges (tenant_id, scope, created_by)
       values (:tenantId::uuid, 'results', gen_random_uuid()) returning id
     )
     insert into app.suppressions (tenant_id, kind, entry, shown, purge_id, created_by)
     select :tenantId::uuid, :kind, :entry, :entry, id, gen_random_uuid() from purge`,
    { tenantId: harness.tenantId, kind, entry },
  );
}

async function scanned(names: string[]): Promise<void> {
  const batchId = await harness.createBatch(names);
  await expect.poll(() => harness.batch(batchId), { interval: 50 }).toMatchObject({ ended: true });
}

const NEVER_VISITED = {
  status: "failed",
  error: "Never visited: it is on the suppression list.",
  error_code: "suppressed",
};

const jobOf = (domain: string) =>
  executeRawSqlOne(
    harness.database.db,
    `select j.status, j.error, s.error_code from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where s.domain = :domain`,
    { domain },
  );

const emailsOf = async (domain: string) => {
  const rows = await executeRawSql<{ email: string }>(
    harness.database.db,
    `select c.email from contacts c join domains d on d.id = c.domain_id where d.domain = :domain
     union select e.email from app.lead_emails e join domains d on d.id = e.domain_id where d.domain = :domain
     union select unnest(d.email_addresses) from domains d where d.domain = :domain`,
    { domain },
  );
  return rows.map(({ email }) => email);
};

test("a suppressed site gets no request, and its job fails with its own reason", async () => {
  const [never, other] = sites.sites.map(({ name }) => name);
  if (never === undefined || other === undefined) throw new Error("there are sites");
  await suppress("domain", never);
  await scanned([never, other]);
  expect(sites.requests(never)).toBe(0);
  expect(sites.requests(other)).toBeGreaterThan(0);
  expect(await jobOf(never)).toEqual(NEVER_VISITED);
});

test("a visit under way ends when its site is suppressed, and its job as one that never was", async () => {
  const batchId = await harness.createBatch([ENDLESS]);
  await expect.poll(() => jobOf(ENDLESS), { interval: 50 }).toMatchObject({ status: "running" });
  await suppress("domain", ENDLESS);
  await expect.poll(() => harness.batch(batchId), { interval: 50 }).toMatchObject({ ended: true });
  expect(await jobOf(ENDLESS)).toEqual(NEVER_VISITED);
});

test("an address goes although whoever began its removal left, and does not come back by a rescan", async () => {
  const name = sites.sites[2]?.name ?? "";
  await scanned([name]);
  const [email = ""] = await emailsOf(name);
  expect(email).toContain("@");
  await suppress("email", email);
  await expect.poll(() => emailsOf(name), { interval: 50 }).not.toContain(email);
  const before = sites.requests(name);
  await scanned([name]);
  expect(sites.requests(name)).toBeGreaterThan(before);
  expect(await emailsOf(name)).not.toContain(email);
});
