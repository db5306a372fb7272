import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import type { Metrics, ScrapeOutcome } from "@scrapersky/outcome";
import { countFinished } from "../batch/count-finished.ts";
import { type ScanOf, storeDomainFacts, storeDomainFailure } from "../domain/store-domain.ts";
import { storePages } from "../domain/store-pages.ts";
import { sentenceOf, STORAGE_FAILED } from "./failure-sentences.ts";
import type { JobResult } from "./job.contract.ts";
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

/** How an attempt ends, once the rules have looked at what the scraper said. */
type Ending =
  | { kind: "complete"; outcome: Extract<ScrapeOutcome, { kind: "done" }> }
  | { kind: "failed"; code: string; message: string }
  | { kind: "again"; code: string; message: string };

interface FencedRow {
  batch_id: string;
  tenant_id: string;
  created_by: string | null;
  domain: string;
}

/**
 * Writes how an attempt ended: the domain with its pages and contacts, the attempt, the job and, last,
 * the batch's counters. `refused` when the job is over or a later attempt has it; nothing is written then.
 *
 * Locks in the order every writer keeps: queue message (the caller's), job, domain, batch.
 */
export async function recordOutcome(tx: Tx, input: RecordInput): Promise<"recorded" | "refused"> {
  const job = await executeRawSqlOne<FencedRow>(
    tx,
    `select j.batch_id, j.tenant_id_uuid as tenant_id, j.created_by, s.domain
     from jobs j join app.scrape_jobs s on s.job_id = j.job_id
     where j.job_id = :jobId::uuid and j.status = 'running' and s.attempt = :attempt::int
     for no key update of j, s`,
    { jobId: input.jobId, attempt: input.attempt },
  );
  if (!job) return "refused";
  const of: ScanOf = {
    tenantId: job.tenant_id,
    domain: job.domain,
    jobId: input.jobId,
    batchId: job.batch_id,
    createdBy: job.created_by,
  };
  const ending = judge(input);
  if (ending.kind === "again") {
    await closeAttempt(tx, input, { status: "pending", code: null, ending });
    return "recorded";
  }
  if (ending.kind === "failed") {
    // Where the domain's row is what was refused, its failure would be refused as well.
    const domainId =
      ending.code === STORAGE_FAILED ? undefined : await storeDomainFailure(tx, of, ending);
    await closeAttempt(tx, input, { status: "failed", code: ending.code, ending, domainId });
    await countFinished(tx, { batchId: job.batch_id, complete: 0, failed: 1, pages: 0 });
    return "recorded";
  }
  const domainId = await storeDomainFacts(tx, of, ending.outcome);
  const { pages, lead } = ending.outcome;
  await storePages(tx, { ...of, domainId }, pages, lead.emails);
  await closeAttempt(tx, input, { status: "complete", code: null, ending, domainId });
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
        kind: "failed",
        code: "robots_disallowed",
        message: sentenceOf("robots_disallowed"),
      };
    }
    return { kind: "complete", outcome };
  }
  const { code, message } = outcome;
  return outcome.kind === "retry" && !final
    ? { kind: "again", code, message }
    : { kind: "failed", code, message };
}

interface Closing {
  status: "pending" | "complete" | "failed";
  /** Code kept on the job, for its batch's list of failures. */
  code: string | null;
  ending: Ending;
  domainId?: string | undefined;
}

async function closeAttempt(tx: Tx, input: RecordInput, closing: Closing): Promise<void> {
  const { ending, status } = closing;
  const failure = ending.kind === "complete" ? null : ending;
  const result = ending.kind === "complete" ? toResult(ending.outcome) : null;
  await executeRawSql(
    tx,
    `with attempt as (
       update app.job_attempts
       set outcome = :outcome, ended_at = clock_timestamp(), error_code = :attemptCode::text, error = :message::text,
         http_status = :httpStatus::int, final_url = :finalUrl::text, pages = :pages::int, bytes = :bytes::bigint,
         timings = :timings::jsonb
       where job_id = :jobId::uuid and attempt = :attempt::int
     ),
     side as (
       update app.scrape_jobs set error_code = :code::text, pages = :jobPages::int where job_id = :jobId::uuid
     )
     update jobs
     set status = :status::text, progress = :progress::float8, domain_id = coalesce(:domainId::uuid, domain_id),
       error = :jobError::text, result = :result::jsonb, result_data = :result::jsonb,
       completed_at = case when :status::text = 'pending' then null else clock_timestamp() end,
       updated_at = timezone('utc', clock_timestamp())
     where job_id = :jobId::uuid`,
    {
      jobId: input.jobId,
      attempt: input.attempt,
      outcome: { complete: "done", failed: "failed", again: "retry" }[ending.kind],
      attemptCode: failure?.code ?? null,
      message: failure?.message ?? null,
      ...toMeasures(input.outcome.metrics, input.storeStartedAt),
      pages: result?.pages ?? input.outcome.metrics.pages,
      jobPages: result?.pages ?? null,
      code: closing.code,
      status,
      progress: status === "complete" ? 1 : 0,
      domainId: closing.domainId ?? null,
      jobError: status === "failed" ? (failure?.message ?? null) : null,
      result: result && toStoredResult(result),
    },
  );
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
