import { certain, defineStatement, executeRawSql, nullable, type Reader } from "@scrapersky/db";
import { jobAttempts, workers } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { ATTEMPT } from "../job/attempt.state.ts";
import { isoTime } from "../time.ts";
import {
  VISITS_SHOWN_MAX,
  type Visit,
  WORKER_SILENT_SECONDS,
  type WorkerShown,
} from "./worker.contract.ts";

const known = defineStatement(
  `select id, state, version, concurrency, running, started_at, seen_at,
     seen_at < now() - make_interval(secs => :silentSeconds::float8) as is_silent
   from app.workers order by started_at, id`,
  {
    id: workers.id,
    state: workers.state,
    version: workers.version,
    concurrency: workers.concurrency,
    running: workers.running,
    started_at: workers.startedAt,
    seen_at: workers.seenAt,
    is_silent: certain("bool"),
  },
);

// A claimed message knows no worker: whoever began its attempt is at it.
const attempts = defineStatement(
  `select a.job_id, a.worker_id, a.started_at, t.name as tenant
   from app.job_attempts a
   join jobs j on j.job_id = a.job_id
   left join tenants t on t.id = j.tenant_id_uuid
   where a.job_id = any(:jobIds::uuid[]) and ${ATTEMPT.is("running", "a.outcome")}
   order by a.started_at, a.job_id`,
  {
    job_id: jobAttempts.jobId,
    worker_id: jobAttempts.workerId,
    started_at: jobAttempts.startedAt,
    tenant: nullable("text"),
  },
);

/** Who claims jobs, and at which sites they are: of all tenants, for those who look after the platform. */
export async function listWorkers(
  reader: Reader,
  queue: Pick<Queue, "findClaimed">,
): Promise<WorkerShown[]> {
  const rows = await executeRawSql(reader, known, { silentSeconds: WORKER_SILENT_SECONDS });
  const claimed = await queue.findClaimed(reader, VISITS_SHOWN_MAX);
  const messages = new Map(claimed.map((message) => [message.jobId, message]));
  const begun = await executeRawSql(reader, attempts, { jobIds: [...messages.keys()] });
  const visits = Map.groupBy(begun, (attempt) => attempt.worker_id);
  return rows.map((row) => ({
    workerId: row.id,
    state: row.state,
    isSilent: row.is_silent,
    version: row.version,
    startedAt: isoTime(row.started_at),
    seenAt: isoTime(row.seen_at),
    concurrency: row.concurrency,
    running: row.running,
    visits: (visits.get(row.id) ?? []).map(
      ({ job_id: jobId, tenant, started_at: since }): Visit => ({
        jobId,
        domain: messages.get(jobId)?.domain ?? "",
        tenant,
        since: isoTime(since),
        waits: messages.get(jobId)?.waits ?? false,
      }),
    ),
  }));
}
