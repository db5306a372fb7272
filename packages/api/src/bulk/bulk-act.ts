import type { Tx } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import type { Withdrawing } from "../job/cancel-jobs.ts";
import type { FormerLeads } from "../lead/update-leads.ts";
import type { Caller } from "../rbac/actor.ts";
import type { BulkActionName } from "./bulk-list.contract.ts";
import type { BulkReasonWord } from "./bulk-reasons.ts";
import type { SettingsOf } from "./bulk-verdicts.ts";
import type { BulkList } from "./bulk.contract.ts";

export interface BulkCaller extends Caller {
  queue: Withdrawing & Pick<Queue, "withdrawScrapes">;
}

/** What became of rows that an act took. */
export interface Acted {
  done: number;
  /** Those that it did not do after all. */
  told: { id: string; reason: BulkReasonWord }[];
  /** What stood there before, for those acts that can be undone. */
  former?: FormerLeads;
  batchId?: string;
  /** Batches of which the queue is to take back what it has, in a transaction after this one. */
  withdrawn?: string[];
}

/** Does something to rows of the caller's tenant, which the caller found eligible in the same transaction. */
export type Act<Name extends BulkActionName> = (
  tx: Tx,
  caller: BulkCaller,
  of: { ids: readonly string[]; settings: SettingsOf<Name>; list: BulkList },
) => Promise<Acted>;

/** Those that were not done were changed by somebody else meanwhile, unless a reason is known. */
export const acted = (
  ids: readonly string[],
  done: ReadonlySet<string>,
  reasonOf: (id: string) => BulkReasonWord = () => "changed",
): Acted => ({
  done: done.size,
  told: ids.filter((id) => !done.has(id)).map((id) => ({ id, reason: reasonOf(id) })),
});
