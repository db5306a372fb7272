import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { jobs, scrapeJobs } from "@scrapersky/db/schema";
import type { Metrics, ScrapeOutcome } from "@scrapersky/outcome";
import { countFinished } from "../batch/count-finished.ts";
import { type ScanOf, storeDomainFacts, storeDomainFailure } from "../domain/store-domain.ts";
import { storePages } from "../domain/store-pages.ts";
import { ATTEMPT } from "./attempt.state.ts";
import { sentenceOf, STORAGE_FAILED } from "./failure-sentences.ts";
import type { JobResult } from "./job.contract.ts";
import { JOB } from "./job.state.ts";
import type { StorageFailure } from "./storage-failure.ts";

export interface RecordInput {
  jobId: string;
  attempt: number;
  workerId: string;
  outcome: ScrapeOutcome | StorageFailure;
  /** True when the queue offers the job no further attempt after this one. */
  final: boolean;
  /** When storing began, in milliseconds of `performance.now()`; its share is kept with the attempt. */
  storeStartedAt?: number;
}

/** The move that job and attempt make together, once the rules have looked at what the scraper said. */
type Ending =
  | { move: "complete"; outcome: Extract<ScrapeOutcome, { kind: "done" }> }
  | { move: "fail"; code: string; message: string }
  | { move: "retry"; code: string; message: string };

// One statement for each of the moves.

const fenceOf = (move: Ending["move"]) =>
  defineStatement(
    `select s.batch_id, s.tenant_id, j.created_by, s.domain
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where j.job_id = :jobId::uuid and ${JOB.may(move, "j.status")} and s.attempt = :attempt::int
     for no key update of j, s`,
    {
      batch_id: scrapeJobs.batchId,
      tenant_id: scrapeJobs.tenantId,
      created_by: jobs.createdBy,
      domain: scrapeJobs.domain,
    },
  );
const FENCE = {
  complete: fenceOf("complete"),
  fail: fenceOf("fail"),
  retry: fenceOf("retry"),
};

const closeBy = (move: Ending["move"]) =>
  defineStatement(
    `with attempt as (
       update app.job_attempts
       set outcome = ${ATTEMPT.to(move)}, ended_at = clock_timestamp(), error_code = :attemptCode::text,
         error = :message::text, http_status = :httpStatus::int, final_url = :finalUrl::text, pages = :pages::int,
         bytes = :bytes::bigint, timings = :timings::jsonb
       where job_id = :jobId::uuid and attempt = :attempt::int and ${ATTEMPT.may(move, "outcome")}
     ),
     side as (
       update app.scrape_jobs set error_code = :code::text, pages = :jobPages::int where job_id = :jobId::uuid
     )
     update jobs
     set status = ${JOB.to(move)}, progress = :progress::float8, domain_id = coalesce(:domainId::uuid, domain_id),
       error = :jobError::text, result = :result::jsonb, result_data = :result::jsonb,
       completed_at = ${JOB.ends(move) ? "clock_timestamp()" : "null"},
       updated_at = timezone('utc', clock_timestamp())
     where job_id = :jobId::uuid`,
  );
const CLOSE = {
  complete: closeBy("complete"),
  fail: closeBy("fail"),
  retry: closeBy("retry"),
};

/**
 * Writes how an attempt ended: the domain with its pages and contacts, the attempt, the job and, last,
 * the batch's counters. `refused` when the job is over or a later attempt has it; nothing is written then.
 *
 * Locks in the order every writer keeps: queue message (the caller's), job, domain, batch.
 */
export async function recordOutcome(tx: Tx, input: RecordInput): Promise<"recorded" | "refused"> {
  const ending = judge(input);
  const job = await executeRawSqlOne(tx, FENCE[ending.move], {
    jobId: input.jobId,
    attempt: input.attempt,
  });
  if (!job) return "refused";
  const of: ScanOf = {
    tenantId: job.tenant_id,
    domain: job.domain,
    jobId: input.jobId,
    batchId: job.batch_id,
    createdBy: job.created_by,
  };
  if (ending.move === "retry") {
    await closeAttempt(tx, input, ending);
    return "recorded";
  }
  if (ending.move === "fail") {
    // Where the domain's row is what was refused, its failure would be refused as well.
    const domainId =
      ending.code === STORAGE_FAILED ? undefined : await storeDomainFailure(tx, of, ending);
    await closeAttempt(tx, input, ending, domainId);
    await countFinished(tx, { batchId: job.batch_id, complete: 0, failed: 1, pages: 0 });
    return "recorded";
  }
  const domainId = await storeDomainFacts(tx, of, ending.outcome);
  const { pages, lead } = ending.outcome;
  await storePages(tx, { ...of, domainId }, pages, lead.emails);
  await closeAttempt(tx, input, ending, domainId);
  await countFinished(tx, {
    batchId: job.batch_id,
    complete: 1,
    failed: 0,
    pages: pages.length,
  });
  return "recorded";
}

/** A site that robots.txt keeps us out of was not scraped: no state says so better than failed, with its words. */
function judge({ outcome, final }: RecordInput): Ending {
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
  return { move: outcome.kind === "retry" && !final ? "retry" : "fail", code, message };
}

async function closeAttempt(
  tx: Tx,
  input: RecordInput,
  ending: Ending,
  domainId?: string,
): Promise<void> {
  const failure = ending.move === "complete" ? null : ending;
  const result = ending.move === "complete" ? toResult(ending.outcome) : null;
  // What a job is asked again for is no failure of its own yet: only its attempt keeps the reason.
  const verdict = ending.move === "fail" ? ending : null;
  await executeRawSql(tx, CLOSE[ending.move], {
    jobId: input.jobId,
    attempt: input.attempt,
    attemptCode: failure?.code ?? null,
    message: failure?.message ?? null,
    ...toMeasures(input.outcome.metrics, input.storeStartedAt),
    pages: result?.pages ?? input.outcome.metrics.pages,
    jobPages: result?.pages ?? null,
    code: verdict?.code ?? null,
    progress: ending.move === "complete" ? 1 : 0,
    domainId: domainId ?? null,
    jobError: verdict?.message ?? null,
    result: result && toStoredResult(result),
  });
}

function toMeasures(metrics: Metrics, storeStartedAt: number | undefined) {
  const store =
    storeStartedAt === undefined ? {} : { storeMs: Math.round(performance.now() - storeStartedAt) };
  return {
    httpStatus: metrics.httpStatus,
    finalUrl: metrics.finalUrl,
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
