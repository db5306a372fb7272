import { startSites } from "@scrapersky/testing/sites";
import { executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import { SCRAPE_ATTEMPTS_MAX, type ScrapeClaim } from "@scrapersky/queue";
import { scrape } from "@scrapersky/scraper";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { claimJobs } from "../src/claim.step.ts";
import { type Finding, recordScrapes } from "../src/record.step.ts";
import { releaseScrape } from "../src/release.step.ts";
import type { Scrape } from "../src/scrape-call.ts";
import { createWorker, type Worker } from "../src/worker.ts";
import { FAILED_SCRAPE, type Harness, openHarness } from "./harness.ts";

type Sites = Awaited<ReturnType<typeof startSites>>;

let sites: Sites;
let harness: Harness;
const started: Worker[] = [];

const silent = { info() {}, warn() {}, error() {} };

const IMPATIENT = { hostDelayMs: 0, backoffMs: [10, 20], dnsRetryMs: 10, requestMs: 3_000 };

/** The real scraper, allowed to see the fake sites only. */
const realScrape: Scrape = (domain, options) =>
  scrape(domain, { ...options, allow: sites.allow, limits: IMPATIENT });

function startWorker(overrides: Partial<Parameters<typeof createWorker>[0]> = {}): Worker {
  const worker = createWorker({
    database: harness.database,
    queue: harness.queue,
    scrape: realScrape,
    workerId: `test-${started.length}`,
    concurrency: 16,
    log: silent,
    intervals: { poll: 50, gather: 5, cancelled: 100, touch: 1_000, lost: 200, refill: 50 },
    ...overrides,
  });
  started.push(worker);
  void worker.run();
  return worker;
}

/** Scrapes that wait until let go, or until told to stop. */
function heldScrape() {
  const running = new Map<string, () => void>();
  const aborted: string[] = [];
  const held: Scrape = (domain, options) =>
    new Promise((resolve, reject) => {
      options.signal.addEventListener("abort", () => {
        running.delete(domain);
        aborted.push(domain);
        resolve({ kind: "aborted" });
      });
      running.set(domain, () => {
        running.delete(domain);
        realScrape(domain, options).then(resolve, reject);
      });
    });
  return { held, running, aborted };
}

/** Records one finding by itself, as a worker does with what no other ends beside. */
async function recordScrape(workerId: string, claim: ScrapeClaim, outcome: Finding["outcome"]) {
  const { database, queue } = harness;
  const recorded = await recordScrapes(database.db, queue, workerId, [{ claim, outcome }]);
  return recorded.has(claim.jobId) ? "recorded" : "refused";
}

beforeAll(async () => {
  sites = await startSites();
});
afterAll(() => sites.close());
beforeEach(async () => {
  harness = await openHarness();
});
afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.stop(0)));
  await harness.close();
});

describe("a batch from end to end", () => {
  test("every fake site ends as its page says, with pages, contacts and counters in the tables", async () => {
    const names = sites.sites.filter((site) => site.presentable).map(({ name }) => name);
    const batchId = await harness.createBatch([...names, "not a domain", names[0]!]);
    startWorker();
    await expect
      .poll(() => harness.batch(batchId), { interval: 200 })
      .toMatchObject({ ended: true });

    const batch = await harness.batch(batchId);
    const jobs = await harness.jobs(batchId);
    expect(batch.total_domains).toBe(names.length + 1);
    expect({ complete: batch.completed_domains, failed: batch.failed_domains }).toEqual(jobs);
    expect(batch).toMatchObject({ status: "partial", progress: 1 });

    const stored = await executeRawSqlOne<{
      domains: number;
      pages: number;
      contacts: number;
      unfinished: number;
    }>(
      harness.database.db,
      `select (select count(*)::int from domains where tenant_id = :tenantId) as domains,
         (select count(*)::int from pages where tenant_id = :tenantId) as pages,
         (select count(*)::int from contacts c join domains d on d.id = c.domain_id where d.tenant_id = :tenantId) as contacts,
         (select count(*)::int from app.job_attempts where outcome = 'running') as unfinished`,
      { tenantId: harness.tenantId },
    );
    expect(stored?.domains).toBeGreaterThanOrEqual(batch.completed_domains);
    expect(stored?.pages).toBeGreaterThan(batch.completed_domains);
    expect(stored?.contacts).toBeGreaterThan(10);
    expect(stored?.unfinished).toBe(0);
  });

  test("progress moves with every site that ends, by its share, up to the end", async () => {
    const ends: (() => void)[] = [];
    const scripted: Scrape = () =>
      new Promise((resolve) => ends.push(() => resolve(FAILED_SCRAPE)));
    const batchId = await harness.createBatch(
      ["a", "b", "c", "d", "e", "f"].map((name) => `${name}.example`),
    );
    startWorker({ scrape: scripted });
    await expect.poll(() => ends.length).toBe(6);
    const progress = async () => (await harness.batch(batchId)).progress;
    expect(await progress()).toBe(0);
    for (const [at, end] of ends.entries()) {
      end();
      await expect.poll(progress).not.toBe(at / 6);
      expect(await progress()).toBe((at + 1) / 6);
    }
    expect(await harness.batch(batchId)).toMatchObject({ ended: true, progress: 1 });
  });
});

describe("cancelling", () => {
  test("running scrapes are told to stop, and write nothing", async () => {
    const { held, running, aborted } = heldScrape();
    const names = sites.sites.slice(0, 5).map(({ name }) => name);
    const batchId = await harness.createBatch(names, { maxConcurrent: 3 });
    const worker = startWorker({ scrape: held });
    await expect.poll(() => running.size).toBe(3);
    await harness.cancelBatch(batchId);
    await harness.cancelBatch(batchId);
    await expect.poll(() => aborted.length).toBe(3);
    await expect.poll(() => worker.running).toBe(0);
    expect(await harness.jobs(batchId)).toEqual({ cancelled: 5 });
    expect(await harness.batch(batchId)).toMatchObject({
      status: "cancelled",
      completed_domains: 0,
      ended: true,
    });
    expect(await executeRawSql(harness.database.db, "select 1 from domains")).toEqual([]);
  });

  test("one job of several is told to stop, and the others go on; it runs again when asked", async () => {
    const { held, running, aborted } = heldScrape();
    const names = sites.sites.filter((site) => site.presentable).map(({ name }) => name);
    const [first, second, third] = names.slice(0, 3) as [string, string, string];
    const batchId = await harness.createBatch([first, second, third], { maxConcurrent: 2 });
    startWorker({ scrape: held });
    await expect.poll(() => [...running.keys()].toSorted()).toEqual([first, second].toSorted());
    await harness.cancelJob(batchId, first);
    await expect.poll(() => aborted).toEqual([first]);
    await expect.poll(() => [...running.keys()].toSorted()).toEqual([second, third].toSorted());
    for (const goOn of running.values()) goOn();
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true, progress: 1 });
    expect(await harness.jobs(batchId)).toEqual({ cancelled: 1, complete: 2 });
    await harness.retryJob(batchId, first);
    expect(await harness.batch(batchId)).toMatchObject({ status: "running", ended: false });
    await expect.poll(() => [...running.keys()]).toEqual([first]);
    running.get(first)?.();
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ status: "complete" });
    expect(await harness.jobs(batchId)).toEqual({ complete: 3 });
  });

  test("an outcome that comes after the cancel is refused, whole", async () => {
    const [name] = sites.sites.map((site) => site.name);
    const batchId = await harness.createBatch([name!]);
    const { db } = harness.database;
    const [claim] = await claimJobs(db, harness.queue, "late", 1);
    const { signal } = new AbortController();
    const outcome = await realScrape(name!, { maxPages: 1, isFirst: true, signal });
    await harness.cancelBatch(batchId);
    if (outcome.kind === "aborted") expect.unreachable();
    expect(await recordScrape("late", claim!, outcome)).toBe("refused");
    expect(await executeRawSql(db, "select 1 from domains")).toEqual([]);
  });
});

describe("pausing", () => {
  test("running scrapes are told to stop, and write nothing; all of it goes on later", async () => {
    const { held, running, aborted } = heldScrape();
    const names = sites.sites.filter((site) => site.presentable).map(({ name }) => name);
    const batchId = await harness.createBatch(names.slice(0, 6), { maxConcurrent: 3 });
    const worker = startWorker({ scrape: held });
    await expect.poll(() => running.size).toBe(3);
    await harness.pauseBatch(batchId);
    expect(await harness.jobs(batchId)).toEqual({ pending: 6 });
    await expect.poll(() => aborted.length).toBe(3);
    await expect.poll(() => worker.running).toBe(0);
    expect(running.size).toBe(0);
    expect(await harness.jobs(batchId)).toEqual({ pending: 6 });
    expect(await executeRawSql(harness.database.db, "select 1 from domains")).toEqual([]);
    await harness.resumeBatch(batchId);
    await expect
      .poll(() => {
        for (const go of running.values()) go();
        return harness.batch(batchId);
      })
      .toMatchObject({ ended: true, completed_domains: 6, failed_domains: 0 });
    const attempts = await executeRawSql<{ outcome: string; n: number }>(
      harness.database.db,
      "select outcome, count(*)::int as n from app.job_attempts group by outcome order by outcome",
    );
    // A worker that saw the pause before its jobs were taken back gave them back itself, which leaves no trace.
    const brokenOff = attempts.find(({ outcome }) => outcome === "cancelled");
    expect(brokenOff?.n ?? 0).toBeLessThanOrEqual(3);
    expect(attempts.filter((attempt) => attempt !== brokenOff)).toEqual([
      { outcome: "done", n: 6 },
    ]);
  });
});

describe("a tenant that is switched off", () => {
  const setActive = (active: boolean) =>
    executeRawSql(harness.database.db, "update tenants set is_active = :active", { active });

  test("has nothing scraped: what is queued waits, what runs is left, and all of it goes on later", async () => {
    const { held, running, aborted } = heldScrape();
    const names = sites.sites.filter((site) => site.presentable).map(({ name }) => name);
    const batchId = await harness.createBatch(names.slice(0, 6), { maxConcurrent: 4 });
    startWorker({ scrape: held, concurrency: 2 });
    await expect.poll(() => running.size).toBe(2);
    await setActive(false);
    await expect.poll(() => aborted.length).toBe(2);
    await expect.poll(() => harness.jobs(batchId)).toEqual({ pending: 6 });
    const queued = "select id from pgboss.job where state < 'completed'";
    await expect.poll(() => executeRawSql(harness.database.db, queued)).toEqual([]);
    expect(running.size).toBe(0);
    await setActive(true);
    startWorker();
    await expect
      .poll(() => {
        for (const go of running.values()) go();
        return harness.batch(batchId);
      })
      .toMatchObject({ ended: true, completed_domains: 6 });
    const attempts = "select distinct attempt, outcome from app.job_attempts";
    expect(await executeRawSql(harness.database.db, attempts)).toEqual([
      { attempt: 1, outcome: "done" },
    ]);
  });
});

describe("the window of a batch", () => {
  const NEVER_MS = 3_600_000;
  const limits = [1, 2, 3, 5];

  test("four workers on batches of many limits end them all without a sweep, and never run more of one than it may", async () => {
    const batchIds: string[] = [];
    for (const [at, maxConcurrent] of limits.entries()) {
      const names = Array.from({ length: 25 }, (_, index) => `w${at}-${index}.example`);
      batchIds.push(await harness.createBatch(names, { maxConcurrent }));
    }
    const now = new Map<string, number>();
    const most = new Map<string, number>();
    const scripted: Scrape = async (domain) => {
      const batch = domain.slice(0, 2);
      const count = (now.get(batch) ?? 0) + 1;
      now.set(batch, count);
      most.set(batch, Math.max(most.get(batch) ?? 0, count));
      await Promise.resolve();
      now.set(batch, (now.get(batch) ?? 0) - 1);
      return FAILED_SCRAPE;
    };
    const intervals = { poll: 20, gather: 1, record: 1, cancelled: 100, touch: 50, lost: 100 };
    for (let at = 0; at < 4; at++) {
      startWorker({
        scrape: scripted,
        concurrency: 3,
        intervals: { ...intervals, refill: NEVER_MS },
      });
    }
    const held = `select group_id, count(*)::int as n from pgboss.job where state < 'completed' group by 1`;
    await expect
      .poll(async () => {
        for (const { group_id: batchId, n } of await executeRawSql<{
          group_id: string;
          n: number;
        }>(harness.database.db, held)) {
          expect(n).toBeLessThanOrEqual(limits[batchIds.indexOf(batchId)]!);
        }
        const batches = await Promise.all(batchIds.map((batchId) => harness.batch(batchId)));
        return batches.filter(({ ended }) => ended).length;
      })
      .toBe(limits.length);
    for (const [at, limit] of limits.entries()) {
      expect(most.get(`w${at}`)).toBeLessThanOrEqual(limit);
      expect(await harness.batch(batchIds[at]!)).toMatchObject({ failed_domains: 25, progress: 1 });
    }
  });
});

describe("recording in groups", () => {
  test("what the database refuses takes nothing down that ended with it", async () => {
    const ends: (() => void)[] = [];
    const scripted: Scrape = () =>
      new Promise((resolve) => ends.push(() => resolve(FAILED_SCRAPE)));
    await executeRawSql(
      harness.database.db,
      `create function refuse() returns trigger language plpgsql as $$
       begin if new.domain = 'poison.example' then raise exception 'no'; end if; return new; end $$`,
    );
    await executeRawSql(
      harness.database.db,
      "create trigger refuse before insert on domains for each row execute function refuse()",
    );
    const names = ["a", "b", "poison", "c", "d"].map((name) => `${name}.example`);
    const batchId = await harness.createBatch(names);
    startWorker({ scrape: scripted });
    await expect.poll(() => ends.length).toBe(names.length);
    for (const end of ends) end();
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true });
    const codes = await executeRawSql<{ domain: string; error_code: string }>(
      harness.database.db,
      "select domain, error_code from app.scrape_jobs order by position",
    );
    expect(codes).toEqual(
      names.map((domain) => ({
        domain,
        error_code: domain === "poison.example" ? "storage_failed" : "http_error",
      })),
    );
    expect(await harness.batch(batchId)).toMatchObject({ failed_domains: names.length });
  });

  test("what ends together is one transaction", async () => {
    const ends: (() => void)[] = [];
    const scripted: Scrape = () =>
      new Promise((resolve) => ends.push(() => resolve(FAILED_SCRAPE)));
    const batchId = await harness.createBatch(
      Array.from({ length: 12 }, (_, at) => `site-${at}.example`),
    );
    startWorker({ scrape: scripted });
    await expect.poll(() => ends.length).toBe(12);
    for (const end of ends) end();
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true });
    const writers = "select distinct xmin::text from batch_jobs where batch_id = :batchId::uuid";
    const jobs = "select distinct xmin::text from jobs where batch_id = :batchId::uuid";
    const [batch] = await executeRawSql(harness.database.db, writers, { batchId });
    expect(await executeRawSql(harness.database.db, jobs, { batchId })).toEqual([batch]);
  });
});

describe("attempts", () => {
  const busy: Scrape = async () => ({
    kind: "retry",
    code: "http_error",
    message: "The site answered 503.",
    retryAfterMs: 0,
    metrics: FAILED_SCRAPE.metrics,
  });

  test("a transient failure is tried three times, each try kept, then the job fails", async () => {
    const batchId = await harness.createBatch(["busy.example"]);
    startWorker({ scrape: busy });
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true });
    expect(await harness.batch(batchId)).toMatchObject({
      status: "failed",
      failed_domains: 1,
      completed_domains: 0,
    });
    expect(
      await executeRawSql(
        harness.database.db,
        "select attempt, outcome, error_code from app.job_attempts order by attempt",
      ),
    ).toEqual([
      { attempt: 1, outcome: "retry", error_code: "http_error" },
      { attempt: 2, outcome: "retry", error_code: "http_error" },
      { attempt: 3, outcome: "failed", error_code: "http_error" },
    ]);
  });

  test("a recording for an attempt that has passed on changes nothing", async () => {
    const batchId = await harness.createBatch(["slow.example"]);
    const { db } = harness.database;
    const [first] = await claimJobs(db, harness.queue, "slow", 1);
    await executeRawSql(
      db,
      "update pgboss.job set heartbeat_on = now() - interval '1 hour' where state = 'active'",
    );
    await expect
      .poll(async () => {
        await executeRawSql(db, "update pgboss.job set start_after = now() where state = 'retry'");
        return claimJobs(db, harness.queue, "quick", 1);
      })
      .toMatchObject([{ attempt: 2 }]);
    expect(await recordScrape("slow", first!, FAILED_SCRAPE)).toBe("refused");
    expect(await harness.jobs(batchId)).toEqual({ running: 1 });
    expect(await recordScrape("quick", { ...first!, attempt: 2 }, FAILED_SCRAPE)).toBe("recorded");
    expect(await harness.batch(batchId)).toMatchObject({ status: "failed", failed_domains: 1 });
  });

  test("a worker that is stopped while it claims gives back what the claim brings", async () => {
    const { held } = heldScrape();
    const batchId = await harness.createBatch(["claimed-late.example"]);
    const { db } = harness.database;
    const stopped = await db.transaction(async (tx) => {
      await executeRawSql(tx, "lock table jobs in exclusive mode");
      const worker = startWorker({ scrape: held });
      await expect
        .poll(() => executeRawSql(db, "select mode from pg_locks where not granted"))
        .toHaveLength(1);
      return { end: worker.stop(0) };
    });
    await stopped.end;
    expect(await harness.jobs(batchId)).toEqual({ pending: 1 });
  });

  test("a stopping worker lets a running domain end while there is time, and takes no other", async () => {
    const { held, running } = heldScrape();
    const [first, second] = sites.sites.filter((site) => site.presentable).map(({ name }) => name);
    const batchId = await harness.createBatch([first!, second!], { maxConcurrent: 1 });
    const worker = startWorker({ scrape: held });
    await expect.poll(() => [...running.keys()]).toEqual([first]);
    const stopped = worker.stop(100_000);
    running.get(first!)?.();
    await stopped;
    expect(await harness.jobs(batchId)).toEqual({ complete: 1, pending: 1 });
  });

  test("a stopping worker gives unfinished domains back at once, and another one finishes them", async () => {
    const { held, running } = heldScrape();
    const names = sites.sites.slice(0, 2).map(({ name }) => name);
    const batchId = await harness.createBatch(names);
    const first = startWorker({ scrape: held });
    await expect.poll(() => running.size).toBe(2);
    await first.stop(0);
    expect(await harness.jobs(batchId)).toEqual({ pending: 2 });
    startWorker();
    await expect.poll(() => harness.batch(batchId)).toMatchObject({ ended: true });
  });

  test("however often workers are stopped in its middle, a healthy site does not fail", async () => {
    const { held, running } = heldScrape();
    const name = sites.sites.find((site) => site.presentable)!.name;
    const batchId = await harness.createBatch([name]);
    for (let restart = 0; restart < SCRAPE_ATTEMPTS_MAX + 1; restart++) {
      const worker = startWorker({ scrape: held });
      await expect.poll(() => running.size).toBe(1);
      await worker.stop(0);
      expect(await harness.jobs(batchId)).toEqual({ pending: 1 });
    }
    startWorker();
    await expect
      .poll(() => harness.batch(batchId))
      .toMatchObject({ status: "complete", completed_domains: 1 });
    expect(
      await executeRawSql(harness.database.db, "select attempt, outcome from app.job_attempts"),
    ).toEqual([{ attempt: 1, outcome: "done" }]);
  });

  test("a claim that another worker has by now is not given back", async () => {
    const batchId = await harness.createBatch(["mine.example"]);
    const { db } = harness.database;
    const [claim] = await claimJobs(db, harness.queue, "first", 1);
    expect(await releaseScrape(db, harness.queue, "first", claim!)).toBe("released");
    expect(await claimJobs(db, harness.queue, "second", 1)).toMatchObject([{ attempt: 1 }]);
    expect(await releaseScrape(db, harness.queue, "first", claim!)).toBe("refused");
    expect(await harness.jobs(batchId)).toEqual({ running: 1 });
  });
});

describe("one visit per site", () => {
  /** As many batches of one domain each. */
  const batchesOf = async (domain: string, count: number) => {
    const batches = [];
    for (let at = 0; at < count; at++) batches.push(await harness.createBatch([domain]));
    return batches;
  };

  test("who waits for a slow site takes no place from anybody, and leaves at once when cancelled", async () => {
    const { held, running } = heldScrape();
    const waiters = await batchesOf("slow.example", 6);
    const worker = startWorker({ scrape: held, concurrency: 2 });
    await expect.poll(() => running.has("slow.example")).toBe(true);
    await harness.createBatch(["other.example"]);
    await expect.poll(() => [...running.keys()]).toEqual(["slow.example", "other.example"]);
    expect(worker.running).toBe(2);

    const states = await Promise.all(waiters.map((batchId) => harness.jobs(batchId)));
    expect(states.filter(({ pending }) => pending === 1)).toHaveLength(5);
    for (const [at, batchId] of waiters.entries()) {
      if (states[at]?.["pending"] === 1) await harness.cancelBatch(batchId);
    }
    expect(worker.running).toBe(2);
    for (const [at, batchId] of waiters.entries()) {
      const ended = states[at]?.["pending"] === 1;
      expect(await harness.batch(batchId)).toMatchObject({ ended });
    }
  });

  test("who waits for others at its network address takes no place, and its time does not run", async () => {
    const { held, running } = heldScrape();
    const names = ["a.example", "b.example", "c.example", "d.example", "e.example"];
    const worker = startWorker({
      concurrency: 2,
      intervals: { poll: 50, gather: 5, touch: 20, refill: 50 },
      scrape(domain, options) {
        if (domain !== "d.example") options.onWaiting?.(true);
        return held(domain, options);
      },
    });
    const batchId = await harness.createBatch(names);
    await expect.poll(() => [...running.keys()]).toEqual(names.slice(0, 4));
    const { db } = harness.database;
    // Row by row: an update of several would lock them in another order than the worker's signs of life do.
    for (const { id } of await executeRawSql<{ id: string }>(db, "select id from pgboss.job")) {
      const age = "update pgboss.job set started_on = now() - interval '1 minute' where id = :id";
      await executeRawSql(db, age, { id });
    }
    const begun = `select data->>'domain' as domain from pgboss.job
      where state = 'active' and started_on < now() - interval '30 s'`;
    await expect.poll(() => executeRawSql(db, begun)).toEqual([{ domain: "d.example" }]);
    await harness.cancelBatch(batchId);
    await expect.poll(() => worker.running).toBe(0);
  });

  test("a domain of two batches is scraped for one at a time, over all workers", async () => {
    const { held, running } = heldScrape();
    const name = sites.sites.find((site) => site.presentable)!.name;
    const batches = await batchesOf(name, 2);
    let calls = 0;
    const scrapeHeld: Scrape = (...args) => (calls++, held(...args));
    startWorker({ scrape: scrapeHeld });
    startWorker({ scrape: scrapeHeld });
    const putBack = "select job_id from app.scrape_jobs where waits > 1";
    await expect.poll(() => executeRawSql(harness.database.db, putBack)).toHaveLength(1);
    expect(calls).toBe(1);
    running.get(name)?.();
    await expect.poll(() => calls).toBe(2);
    running.get(name)?.();
    for (const batchId of batches) {
      await expect.poll(() => harness.batch(batchId)).toMatchObject({ status: "complete" });
    }
    expect(
      await executeRawSql(
        harness.database.db,
        "select attempt, outcome from app.job_attempts order by ended_at",
      ),
    ).toEqual([
      { attempt: 1, outcome: "done" },
      { attempt: 1, outcome: "done" },
    ]);
  });
});
