import { z } from "zod";
import type { BatchSummary } from "../batch/batch.contract.ts";
import type { ContactItem } from "../contact/contact-list.contract.ts";
import type { Job } from "../job/job.contract.ts";
import type { LeadItem } from "../lead/lead-list.contract.ts";
import type { PageItem } from "../page/page-list.contract.ts";
import { CURSOR_LENGTH_MAX } from "../wire.contract.ts";

/** Told in one answer. */
const CHANGED_MAX = 1000;

/** How long it is told what became of jobs and batches; whoever asks for an older place or time begins anew. */
export const WORK_DAYS_KEPT = 30;

/** Asks for what became of the rows of a list since the place that an earlier answer gave, or since a time; for all of them without either. */
export const changedInput = z.object({
  cursor: z.string().max(CURSOR_LENGTH_MAX).optional(),
  /** What was being written then is told too. */
  updatedSince: z.iso.datetime({ offset: true }).optional(),
  limit: z.number().int().min(1).max(CHANGED_MAX).default(CHANGED_MAX),
});
export type ChangedInput = z.output<typeof changedInput>;

export interface ChangedRows<Change> {
  /** In the order of their last changes. */
  items: Change[];
  /** Where the next question goes on, also when there is nothing now. */
  cursor: string;
  more: boolean;
  /** Where all there is begins to be told: drop what was kept before. */
  fresh: boolean;
}

/** A row as it is now under the name of its noun, or only the ids of one that is gone. */
type Change<Ids, Noun extends string, Row> =
  | (Ids & { deleted: false } & Record<Noun, Row>)
  | (Ids & { deleted: true } & Record<Noun, null>);

export type ChangedLead = Change<{ domainId: string }, "lead", LeadItem>;
export type ChangedContact = Change<{ id: string; domainId: string }, "contact", ContactItem>;
/** Without an id all pages of its domain are gone. */
export type ChangedPage =
  | { id: string; domainId: string; deleted: false; page: PageItem }
  | { id: string | null; domainId: string; deleted: true; page: null };
/** What a job tells of its batch and of the lead is told by the changes of those. */
export type JobAlone = Omit<Job, "lead" | "batchLabel" | "batchFirstDomain" | "batchTotal">;
export type ChangedJob = Change<{ jobId: string }, "job", JobAlone>;
export type ChangedBatch = Change<{ batchId: string }, "batch", BatchSummary>;
