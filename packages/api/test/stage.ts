import { executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import type { ScrapeOutcome } from "@scrapersky/outcome";
import { expect } from "vitest";
import { countFinished, type FinishedJobs } from "../src/batch/count-finished.ts";
import type { Procedures } from "../src/index.ts";
import { recordOutcomes, releaseJob, startJobs } from "../src/services.ts";
import type { AttemptOutcome, BatchStatus, JobStatus } from "../src/status.ts";
import { createWorld } from "./world.ts";

export type Stage = Awaited<ReturnType<typeof openStage>>;

/** A world in which `reset` makes a batch of two jobs, both running in their first attempt; the first is looked at. */
export async function openStage() {
  const world = await createWorld();
  const api: Procedures = await world.caller(world.tenants.near, "owner");
  const ids = { batchId: "", jobId: "", otherId: "" };

  const write = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    world.database.db.transaction(work);
  const start = (attempt: number, jobIds = [ids.jobId], workerId = "worker-1") =>
    write((tx) => startJobs(tx, { workerId, claims: jobIds.map((jobId) => ({ jobId, attempt })) }));
  const recordIn = async (tx: Tx, outcome: ScrapeOutcome, { attempt = 1, final = true } = {}) => {
    const input = { jobId: ids.jobId, attempt, workerId: "worker-1", outcome, final };
    const recorded = await recordOutcomes(tx, [input]);
    return recorded.length === 1 ? "recorded" : "refused";
  };

  return {
    world,
    api,
    ids,
    write,
    start,
    recordIn,
    record: (outcome: ScrapeOutcome, options: { attempt?: number; final?: boolean } = {}) =>
      write((tx) => recordIn(tx, outcome, options)),
    release: (input: { attempt?: number; workerId?: string } = {}) =>
      write((tx) =>
        releaseJob(tx, { jobId: ids.jobId, attempt: 1, workerId: "worker-1", ...input }),
      ),
    count: (finished: Partial<FinishedJobs>) =>
      write((tx) =>
        countFinished(tx, [
          { batchId: ids.batchId, complete: 0, failed: 0, cancelled: 0, ...finished },
        ]),
      ),
    setJob: (set: string) =>
      world.rows(`update jobs set ${set} where job_id = :jobId::uuid`, { jobId: ids.jobId }),
    setWindow: (state: "filling" | "paused" | "cancelling") =>
      world.rows(
        `insert into app.batch_windows (batch_id, next_position, state) values (:batchId::uuid, 0, :state)
         on conflict (batch_id) do update set state = excluded.state`,
        { batchId: ids.batchId, state },
      ),
    setBatch: (set: string) =>
      world.rows(`update batch_jobs set ${set} where batch_id = :batchId::uuid`, {
        batchId: ids.batchId,
      }),

    async reset(): Promise<void> {
      const { batchId } = await api.batches.create({ domains: ["one.example", "two.example"] });
      const { items } = await api.jobs.list({ batchId, order: "batch" });
      const [jobId = "", otherId = ""] = items.map((item) => item.jobId);
      Object.assign(ids, { batchId, jobId, otherId });
      await start(1, [jobId, otherId]);
    },

    /** Puts the job where no move would: into this state, its first attempt in that one, in a running batch. */
    async place(status: JobStatus, outcome: AttemptOutcome = "running"): Promise<void> {
      const { jobId, batchId } = ids;
      for (const text of [
        `update jobs set status = '${status}', completed_at = null where job_id = :jobId::uuid`,
        "update app.scrape_jobs set attempt = 1 where job_id = :jobId::uuid",
        "delete from app.job_attempts where job_id = :jobId::uuid",
        `insert into app.job_attempts (job_id, attempt, worker_id, outcome, started_at, ended_at)
         values (:jobId::uuid, 1, 'worker-1', '${outcome}', now(), ${outcome === "running" ? "null" : "now()"})`,
      ]) {
        await world.rows(text, { jobId });
      }
      await world.rows(
        `update batch_jobs set status = 'running', completed_domains = 0, failed_domains = 0,
           batch_metadata = batch_metadata - 'cancelled_alone'
         where batch_id = :batchId::uuid`,
        { batchId },
      );
    },

    async job() {
      const [row] = await world.rows<Record<string, unknown>>(
        `select j.status, j.error, j.progress, j.domain_id, s.attempt, s.error_code, s.pages,
           j.started_at, j.completed_at is not null as ended
         from jobs j join app.scrape_jobs s on s.job_id = j.job_id where j.job_id = :jobId::uuid`,
        { jobId: ids.jobId },
      );
      return row!;
    },
    async batch() {
      const [row] = await world.rows<Record<string, unknown> & { status: BatchStatus }>(
        `select status, error, total_domains, completed_domains, failed_domains, progress, start_time,
           (batch_metadata->>'pages')::int as pages, end_time is not null as ended,
           round(processing_time / 600) as ten_minutes
         from batch_jobs where batch_id = :batchId::uuid`,
        { batchId: ids.batchId },
      );
      return row!;
    },
    attempts: () =>
      world.rows<Record<string, unknown>>(
        `select attempt, worker_id, outcome, error_code, final_url, ended_at is not null as ended,
           started_at > now() - interval '30 minutes' as fresh
         from app.job_attempts where job_id = :jobId::uuid order by attempt`,
        { jobId: ids.jobId },
      ),
    /** Every row that a verb of the lifecycle may write, as text. */
    async everything() {
      const rows = await world.rows(
        `select (select jsonb_agg(b) from batch_jobs b where b.batch_id = :batchId::uuid) as batch,
           (select jsonb_agg(j order by j.id) from jobs j where j.batch_id = :batchId::uuid) as jobs,
           (select jsonb_agg(s order by s.position) from app.scrape_jobs s
            where s.batch_id = :batchId::uuid) as sides,
           (select jsonb_agg(a order by a.job_id, a.attempt) from app.job_attempts a
            join jobs j on j.job_id = a.job_id where j.batch_id = :batchId::uuid) as attempts,
           (select jsonb_agg(d order by d.domain) from domains d) as domains`,
        { batchId: ids.batchId },
      );
      return JSON.stringify(rows);
    },

    /** Runs `second` while `first` is not committed yet: it must wait, and judge what `first` leaves. */
    async whileUncommitted<T>(
      first: (tx: Tx) => Promise<unknown>,
      second: () => Promise<T>,
    ): Promise<T> {
      const waiting = "select 1 from pg_stat_activity where :pid::int = any(pg_blocking_pids(pid))";
      let answer: Promise<T> | undefined;
      await write(async (tx) => {
        await first(tx);
        const own = await executeRawSqlOne<{ pid: number }>(tx, "select pg_backend_pid() as pid");
        answer = second();
        answer.catch(() => {});
        await expect
          .poll(() => executeRawSql(world.database.db, waiting, { pid: own?.pid }))
          .not.toHaveLength(0);
      });
      return answer!;
    },
  };
}
