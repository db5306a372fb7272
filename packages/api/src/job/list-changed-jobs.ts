import type { Reader } from "@scrapersky/db";
import type {
  ChangedInput,
  ChangedJob,
  ChangedRows,
  JobAlone,
} from "../change/changed.contract.ts";
import { followWork } from "../change/follow-work.ts";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { Job } from "./job.contract.ts";
import { listJobs, readJobs } from "./list-jobs.ts";

/**
 * The jobs of batches that were written or deleted since a place or a time: first all there are, where neither is given or the
 * time is further back than is kept. None that is committed late is missed; one that changes again is told again.
 * @param start the one that revisions are counted since now (`findServerStart`)
 * @param reader of one snapshot
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT when it is too old, or the database was restored since
 */
export async function listChangedJobs(
  reader: Reader,
  who: ContactReader,
  start: string,
  asked: ChangedInput,
): Promise<ChangedRows<ChangedJob>> {
  const of = { scope: ["changed jobs", who.tenantId], start } as const;
  const { rows, ...answer } = await followWork<Job>(reader, of, asked, {
    ids: "job_ids",
    idOf: ({ jobId }) => jobId,
    list: (page) => listJobs(reader, who.tenantId, page, who),
    read: (jobIds) => readJobs(reader, who, jobIds),
  });
  const items = rows.map(({ id: jobId, item }): ChangedJob =>
    item ? { jobId, deleted: false, job: alone(item) } : { jobId, deleted: true, job: null },
  );
  return { items, ...answer };
}

const alone = ({
  lead: _lead,
  batchLabel: _label,
  batchFirstDomain: _first,
  batchTotal: _total,
  ...job
}: Job): JobAlone => job;
