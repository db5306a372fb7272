import { z } from "zod";
import {
  BULK_ACTS,
  type BulkStart,
  bulkTargetInput,
  rescanSettings,
  starting,
} from "./bulk.contract.ts";

type Rescan = Extract<BulkStart, { action: "leads.rescan" }>;

const LISTS: readonly string[] = BULK_ACTS["leads.rescan"].lists;

/** Domains by rows of leads or contacts, named or found by a filter, and how their new batch is to run. */
export const domainRescanInput = z
  .strictObject({ target: bulkTargetInput, settings: rescanSettings.prefault({}), ...starting })
  .refine(({ target }) => LISTS.includes(target.list), {
    path: ["target", "list"],
    message: `domains.rescan takes rows of ${LISTS.join(" or ")}.`,
  })
  .transform((given): Rescan => ({ action: "leads.rescan", ...given }) as Rescan);
