import { type Database, executeRawSql, executeRawSqlOne } from "@scrapersky/db";
import type { ChaosSite } from "./chaos-sites.ts";

/** What went wrong, as sentences. */
export interface Faults {
  /** Sites without the end, or the pages and addresses, that they had to have. */
  lost: string[];
  /** What is there more than once. */
  doubled: string[];
  /** What did not hold at some instant, or is left behind. */
  wrong: string[];
}

interface Instant {
  status: string;
  total: number;
  completed: number;
  failed: number;
  progress: number;
  ended: boolean;
  pending_rows: number;
  running_rows: number;
  complete_rows: number;
  failed_rows: number;
  /** Domains at which two jobs are. */
  shared: number;
}

/** One statement sees one instant. */
const INSTANT = `
select b.status, b.total_domains as total, b.completed_domains as completed, b.failed_domains as failed,
  b.progress, b.end_time is not null as ended,
  count(*) filter (where j.status = 'pending')::int as pending_rows,
  count(*) filter (where j.status = 'running')::int as running_rows,
  count(*) filter (where j.status = 'complete')::int as complete_rows,
  count(*) filter (where j.status = 'failed')::int as failed_rows,
  (count(s.domain) filter (where j.status = 'running')
    - count(distinct s.domain) filter (where j.status = 'running'))::int as shared
from batch_jobs b
join jobs j on j.batch_id = b.batch_id
join app.scrape_jobs s on s.job_id = j.job_id
where b.batch_id = :batchId::uuid
group by b.id`;

export const lookAt = (direct: Database, batchId: string): Promise<Instant | undefined> =>
  executeRawSqlOne<Instant>(direct.db, INSTANT, { batchId });

/** What does not hold at one instant of a batch, after an earlier one. */
export function judgeInstant(
  now: Instant,
  before: Instant | undefined,
  { maxConcurrent }: { maxConcurrent: number },
): string[] {
  const wrong: string[] = [];
  const hold = (isTrue: boolean, sentence: string) => {
    if (!isTrue) wrong.push(sentence);
  };
  const over = now.complete_rows + now.failed_rows;
  hold(
    now.completed === now.complete_rows && now.failed === now.failed_rows,
    `counters say ${now.completed} complete and ${now.failed} failed, rows ${now.complete_rows} and ${now.failed_rows}`,
  );
  hold(
    now.total === over + now.pending_rows + now.running_rows,
    `${now.total} domains and ${over + now.pending_rows + now.running_rows} rows`,
  );
  hold(
    Math.abs(now.progress - over / now.total) < 0.0001,
    `progress is ${now.progress} with ${over} of ${now.total} over`,
  );
  hold(
    before === undefined || now.progress >= before.progress,
    `progress went back from ${before?.progress} to ${now.progress}`,
  );
  hold(
    now.running_rows <= maxConcurrent,
    `${now.running_rows} jobs run where ${maxConcurrent} may`,
  );
  hold(now.shared === 0, `${now.shared} domains are visited by two at once`);
  hold(
    now.ended === (over === now.total),
    now.ended ? "ended before its last job" : "goes on after its last job",
  );
  return wrong;
}

interface Ending {
  domain: string;
  status: string;
  code: string | null;
  said_pages: number;
  pages: number;
  distinct_pages: number;
  emails: number;
  done: number;
  lost: number;
  attempts: number;
}

const ENDINGS = `
select s.domain, j.status, s.error_code as code, coalesce(s.pages, 0) as said_pages,
  coalesce(p.pages, 0)::int as pages, coalesce(p.distinct_pages, 0)::int as distinct_pages,
  coalesce(e.emails, 0)::int as emails, coalesce(a.done, 0)::int as done, coalesce(a.lost, 0)::int as lost,
  coalesce(a.attempts, 0)::int as attempts
from app.scrape_jobs s
join jobs j on j.job_id = s.job_id
left join domains d on d.domain = s.domain and d.tenant_id = s.tenant_id
left join lateral (select count(*) as pages, count(distinct url) as distinct_pages from pages where domain_id = d.id) p on true
left join lateral (select count(*) as emails from app.lead_emails where domain_id = d.id) e on true
left join lateral (
  select count(*) as attempts, count(*) filter (where outcome = 'done') as done, count(*) filter (where outcome = 'lost') as lost
  from app.job_attempts where job_id = s.job_id
) a on true
where s.batch_id = :batchId::uuid`;

const TRIES_MAX = 3;

/** Killed with its worker on one of its tries, and refused by its site on the others: given up as documented, which is no loss. */
const isGivenUp = ({ status, lost, attempts }: Ending): boolean =>
  status === "failed" && lost > 0 && attempts >= TRIES_MAX;

/** What does not hold once the batch is over, and how many sites were given up with their workers. */
export async function judgeEnd(
  direct: Database,
  batchId: string,
  sites: readonly ChaosSite[],
): Promise<Faults & { givenUp: number }> {
  const faults: Faults = { lost: [], doubled: [], wrong: [] };
  const rows = await executeRawSql<Ending>(direct.db, ENDINGS, { batchId });
  const promises = new Map(sites.map(({ name, promised }) => [name, promised]));
  let givenUp = 0;
  for (const row of rows) {
    const promised = promises.get(row.domain);
    promises.delete(row.domain);
    if (promised === undefined) {
      faults.doubled.push(`${row.domain} has a job nobody asked for, or two`);
      continue;
    }
    if (row.done > 1) faults.doubled.push(`${row.domain} was done ${row.done} times`);
    if (row.pages > row.distinct_pages) faults.doubled.push(`${row.domain} has a page twice`);
    if (row.emails > promised.emails)
      faults.doubled.push(`${row.domain} has ${row.emails} addresses`);
    if (isGivenUp(row)) {
      givenUp++;
      continue;
    }
    const { status, code, pages, emails } = promised;
    if (row.status !== status || row.code !== code)
      faults.lost.push(`${row.domain} is ${row.status} ${row.code ?? ""}, not ${status}`);
    else if (row.pages < pages || row.said_pages !== pages || row.emails < emails)
      faults.lost.push(
        `${row.domain} has ${row.pages} pages (told as ${row.said_pages}) and ${row.emails} addresses of ${pages} and ${emails}`,
      );
  }
  for (const domain of promises.keys()) faults.lost.push(`${domain} has no job`);
  return { ...faults, givenUp };
}

const LEFT_BEHIND: Record<string, string> = {
  "attempts still run":
    "select count(*)::int as count from app.job_attempts where outcome = 'running'",
  "messages are in the queue":
    "select count(*)::int as count from pgboss.job where name = 'scrape-domain' and state in ('created', 'retry', 'active')",
  "transactions are open": `select count(*)::int as count from pg_stat_activity
    where datname = current_database() and pid <> pg_backend_pid() and xact_start is not null and backend_type = 'client backend'`,
};

/** What is left of a product that was asked to end. */
export async function findOrphans(direct: Database): Promise<string[]> {
  const found: string[] = [];
  for (const [what, statement] of Object.entries(LEFT_BEHIND)) {
    const row = await executeRawSqlOne<{ count: number }>(direct.db, statement, {});
    if (row !== undefined && row.count > 0) found.push(`${row.count} ${what}`);
  }
  return found;
}
