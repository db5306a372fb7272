import { certain, defineStatement, executeRawSql, json, type Tx } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import type { Metrics, ScrapeOutcome } from "@scrapersky/outcome";
import { countFinished, type FinishedJobs, type Found, sumFound } from "../batch/count-finished.ts";
import {
  type ScanOf,
  domainKey,
  storeDomainFacts,
  storeDomainFailures,
  type StoredDomain,
} from "../domain/store-domain.ts";
import { nameTypedDomains } from "../domain/named-domains.ts";
import { storePages } from "../domain/store-pages.ts";
import { type LeadFailure, storeLeadFailures } from "../lead/store-lead-failures.ts";
import { type LeadScan, storeLeads } from "../lead/store-leads.ts";
import { holdList } from "../suppression/hold-list.ts";
import { type SuppressedOutcome, withholdSuppressed } from "../suppression/withhold-suppressed.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { sentenceOf, STORAGE_FAILED, SUPPRESSED } from "./failure-sentences.ts";
import type { JobResult } from "./job.contract.ts";
import { JOB } from "./job.state.ts";
import type { StorageFailure } from "./storage-failure.ts";

export interface RecordInput {
  jobId: string;
  attempt: number;
  workerId: string;
  outcome: ScrapeOutcome | StorageFailure | SuppressedOutcome;
  /** True when the queue offers the job no further attempt after this one. */
  final: boolean;
  /** When storing began, in milliseconds of `performance.now()`; its share is kept with the attempt. */
  storeStartedAt?: number;
}

/** The move that job and attempt make together, once the rules have looked at what the scraper said. */
type Ending =
  | { move: "complete"; outcome: Extract<ScrapeOutcome, { kind: "done" }> }
  | { move: "fail"; code: string; message: string }
  | { move: "retry"; code: string; message: string; pauseMs: number };

const MOVES = ["complete", "fail", "retry"] as const satisfies readonly Ending["move"][];

/** SQL by the move of the row `ending`. */
const byMove = (sql: (move: Ending["move"]) => string): string =>
  `case ending.move ${MOVES.map((move, index) => `when ${index} then ${sql(move)}`).join(" ")} end`;

const fenced = defineStatement(
  `select s.job_id, s.batch_id, s.tenant_id, j.created_by, s.domain, ${holdList("s.tenant_id")}::text as held
   from unnest(:jobIds::uuid[], :attempts::int[], :moves::int[]) as ending (job_id, attempt, move)
   join jobs j on j.job_id = ending.job_id
   join app.scrape_jobs s on s.job_id = ending.job_id and s.attempt = ending.attempt
   where ${byMove((move) => JOB.may(move, "j.status"))}
   order by j.id for no key update of j, s`,
  {
    job_id: scrapeJobs.jobId,
    batch_id: scrapeJobs.batchId,
    tenant_id: scrapeJobs.tenantId,
    created_by: jobs.createdBy,
    domain: scrapeJobs.domain,
    held: certain("text"),
  },
);

const closed = defineStatement(
  `with ending as materialized (
     select * from jsonb_to_recordset(:endings::jsonb) as ending (job_id uuid, attempt int, move int,
       attempt_code text, message text, http_status int, final_url text, pages int, bytes bigint, timings jsonb,
       job_pages int, code text, progress float8, domain_id uuid, job_error text, result jsonb, pause_ms float8)
   ),
   attempt as (
     update app.job_attempts a
     set outcome = ${byMove((move) => ATTEMPT.to(move))}, ended_at = clock_timestamp(),
       error_code = ending.attempt_code, error = ending.message, http_status = ending.http_status,
       final_url = ending.final_url, pages = ending.pages, bytes = ending.bytes, timings = ending.timings
     from ending
     where a.job_id = ending.job_id and a.attempt = ending.attempt
       and ${byMove((move) => ATTEMPT.may(move, "a.outcome"))}
   ),
   side as (
     update app.scrape_jobs s set error_code = ending.code, pages = ending.job_pages,
       due_at = clock_timestamp() + ending.pause_ms * interval '1 ms'
     from ending where s.job_id = ending.job_id
   )
   update jobs j
   set status = ${byMove((move) => JOB.to(move))}, progress = ending.progress,
     domain_id = coalesce(ending.domain_id, j.domain_id), error = ending.job_error,
     result = ending.result, result_data = ending.result,
     completed_at = ${byMove((move) => (JOB.ends(move) ? "clock_timestamp()" : "null"))},
     updated_at = timezone('utc', clock_timestamp())
   from ending where j.job_id = ending.job_id`,
);

/** A job that was recorded, and whose place in its batch is free now. */
export interface RecordedJob {
  jobId: string;
  batchId: string;
}

/** How the attempt of a recorded job ended; a code where it was not well. */
export interface EndedAttempt extends RecordedJob {
  move: Ending["move"];
  code: string | undefined;
}

/** An outcome whose job is this attempt's, and what it is stored under. */
interface Fenced {
  of: ScanOf;
  input: RecordInput;
  ending: Ending;
}

interface StoredJob extends Fenced {
  domain: StoredDomain | undefined;
}

/**
 * Writes how attempts ended, all in one transaction: domains with their pages, contacts and leads, attempts, jobs and, last,
 * the counters of their batches. Missing in the answer are jobs that are over or that a later attempt has: of
 * those nothing is written.
 *
 * Locks in the order every writer keeps: queue message (the caller's), job, domain, batch.
 */
export async function recordOutcomes(
  tx: Tx,
  inputs: readonly RecordInput[],
): Promise<EndedAttempt[]> {
  const judged = new Map(inputs.map((input) => [input.jobId, { input, ending: judge(input) }]));
  const rows = await executeRawSql(tx, fenced, {
    jobIds: [...judged.keys()],
    attempts: Array.from(judged.values(), ({ input }) => input.attempt),
    moves: Array.from(judged.values(), ({ ending }) => MOVES.indexOf(ending.move)),
  });
  if (rows.length === 0) return [];
  const ours = rows.flatMap((row): Fenced[] => {
    const job = judged.get(row.job_id);
    const { job_id: jobId, batch_id: batchId, tenant_id: tenantId, domain } = row;
    const of = { jobId, batchId, tenantId, domain, createdBy: row.created_by };
    return job ? [{ ...job, of }] : [];
  });
  const found = await withoutSuppressed(tx, ours);
  await nameTypedDomains(
    tx,
    found.map(({ of }) => of),
  );
  const stored: StoredJob[] = [];
  for (const layer of onceEach(found)) stored.push(...(await storeDomains(tx, layer)));
  const news = await storeLeads(tx, stored.flatMap(toLeadScan));
  await storeLeadFailures(tx, stored.flatMap(toLeadFailure));
  const endings = json(stored.map((job) => toClosing(job, job.domain?.domainId)));
  await executeRawSql(tx, closed, { endings });
  await countFinished(tx, countByBatch(found, news));
  return found.map(({ of, ending }) => ({
    jobId: of.jobId,
    batchId: of.batchId,
    move: ending.move,
    code: ending.move === "complete" ? undefined : ending.code,
  }));
}

/** A visit to a suppressed site has failed, whatever it found. */
async function withoutSuppressed(tx: Tx, found: readonly Fenced[]): Promise<Fenced[]> {
  const kept = await withholdSuppressed(
    tx,
    found.map(({ of, input: { outcome } }) => ({ ...of, outcome })),
  );
  return found.map((job, at) => {
    const outcome = kept[at];
    if (outcome === undefined || outcome === job.input.outcome) return job;
    const input = { ...job.input, outcome };
    return { of: job.of, input, ending: judge(input) };
  });
}

/** Outcomes in layers that name a domain once: a statement may write a row only once. Nearly always it is one layer. */
function onceEach(found: readonly Fenced[]): Fenced[][] {
  const layers: Fenced[][] = [];
  for (const same of Map.groupBy(found, ({ of }) => domainKey(of)).values()) {
    for (const [index, job] of same.entries()) (layers[index] ??= []).push(job);
  }
  return layers;
}

/** Where the domain's row is what was refused, its failure would be refused as well; of what is suppressed nothing is kept. */
const UNTOLD = new Set<string>([STORAGE_FAILED, SUPPRESSED]);

/** Nobody else has these rows, as a site is visited by one at a time: their order matters to no one. */
async function storeDomains(tx: Tx, jobsOnce: readonly Fenced[]): Promise<StoredJob[]> {
  const failures = await storeDomainFailures(
    tx,
    jobsOnce.flatMap(({ of, ending }) =>
      ending.move === "fail" && !UNTOLD.has(ending.code) ? [{ ...ending, of }] : [],
    ),
  );
  const done = jobsOnce.flatMap(({ of, ending }) =>
    ending.move === "complete" ? [{ of, scan: ending.outcome }] : [],
  );
  const facts = await storeDomainFacts(tx, done);
  for (const { of, scan } of done) {
    const domainId = facts.get(domainKey(of))?.domainId;
    if (domainId === undefined) throw new Error("INSERT … RETURNING gave no row");
    await storePages(tx, { ...of, domainId }, scan.pages, scan.lead.emails);
  }
  return jobsOnce.map((job) => {
    const key = domainKey(job.of);
    return { ...job, domain: failures.get(key) ?? facts.get(key) };
  });
}

const toLeadScan = ({ ending, of, domain }: StoredJob): LeadScan[] =>
  domain && ending.move === "complete" ? [{ ...of, ...domain, ...ending.outcome }] : [];

const toLeadFailure = ({ ending, of, domain }: StoredJob): LeadFailure[] =>
  domain && ending.move === "fail" ? [{ ...domain, domain: of.domain, code: ending.code }] : [];

function countByBatch(
  jobs: readonly Fenced[],
  news: ReadonlyMap<string, Partial<Found>>,
): FinishedJobs[] {
  const ended = jobs.filter(({ ending }) => ending.move !== "retry");
  const byBatch = Map.groupBy(ended, ({ of }) => of.batchId);
  return Array.from(byBatch, ([batchId, jobsOfBatch]) => {
    const done = jobsOfBatch.flatMap(({ of, ending }): Partial<Found>[] => {
      if (ending.move !== "complete") return [];
      const { pages, lead } = ending.outcome;
      const [emails, phones] = [lead.emails.length, lead.phones.length];
      return [{ pages: pages.length, emails, phones, ...news.get(of.jobId) }];
    });
    const failed = jobsOfBatch.length - done.length;
    return { batchId, complete: done.length, failed, cancelled: 0, found: sumFound(done) };
  });
}

/** A site that robots.txt keeps us out of was not scraped: no state says so better than failed, with its words. */
function judge({ outcome, final, attempt }: RecordInput): Ending {
  if (outcome.kind === "done") {
    if (outcome.pages.length === 0 && outcome.flags.includes("robots_disallowed")) {
      return {
        move: "fail",
        code: "robots_disallowed",
        message: sentenceOf("robots_disallowed"),
      };
    }
    return { move: "complete", outcome };
  }
  const { code, message } = outcome;
  if (outcome.kind === "failed" || final) return { move: "fail", code, message };
  return { move: "retry", code, message, pauseMs: outcome.retryAfterMs ?? pauseAfter(attempt) };
}

/** Doubles with each attempt, up to a minute; a random part keeps jobs apart that failed together. */
const pauseAfter = (attempt: number): number =>
  Math.min(2 ** attempt, 60) * (0.5 + Math.random() / 2) * 1000;

function toClosing({ input, ending }: Fenced, domainId: string | undefined): object {
  const failure = ending.move === "complete" ? null : ending;
  const result = ending.move === "complete" ? toResult(ending.outcome) : null;
  // What a job is asked again for is no failure of its own yet: only its attempt keeps the reason.
  const verdict = ending.move === "fail" ? ending : null;
  return {
    job_id: input.jobId,
    attempt: input.attempt,
    move: MOVES.indexOf(ending.move),
    attempt_code: failure?.code ?? null,
    message: failure?.message ?? null,
    ...toMeasures(input.outcome.metrics, input.storeStartedAt),
    pages: result?.pages ?? input.outcome.metrics.pages,
    job_pages: result?.pages ?? null,
    code: verdict?.code ?? null,
    progress: ending.move === "complete" ? 1 : 0,
    domain_id: domainId ?? null,
    job_error: verdict?.message ?? null,
    result: result && toStoredResult(result),
    pause_ms: ending.move === "retry" ? ending.pauseMs : null,
  };
}

function toMeasures(metrics: Metrics, storeStartedAt: number | undefined) {
  const store =
    storeStartedAt === undefined ? {} : { storeMs: Math.round(performance.now() - storeStartedAt) };
  return {
    http_status: metrics.httpStatus,
    final_url: metrics.finalUrl,
    bytes: metrics.bytes,
    timings: {
      fetchMs: Math.round(metrics.fetchMs),
      parseMs: Math.round(metrics.parseMs),
      ...store,
    },
  };
}

function toResult({
  lead,
  site,
  pages,
  flags,
}: Extract<ScrapeOutcome, { kind: "done" }>): JobResult {
  return {
    finalUrl: site.finalUrl,
    title: site.title,
    pages: pages.length,
    contacts: lead.emails.length,
    phones: lead.phones.length,
    technologies: lead.technologies.map((technology) => technology.name),
    flags: [...flags],
  };
}

const toStoredResult = ({ finalUrl, ...rest }: JobResult) => ({ final_url: finalUrl, ...rest });
