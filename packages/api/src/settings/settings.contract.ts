import { z } from "zod";

/** Whose mailbox is the best of a lead: that of the business, or a person's. */
export const BEST_EMAILS = ["role", "person"] as const;

export const KEEP_DAYS_MAX = 3_650;
const keepDays = z.int().min(1).max(KEEP_DAYS_MAX).nullable();

/** How a tenant wants things. */
export interface Settings {
  bestEmail: (typeof BEST_EMAILS)[number];
  /** Days for which batches that are over are kept, with their jobs; null is for ever. */
  keepBatchesDays: number | null;
  /** Days after the last scan for which a lead is kept, with its domain, pages and contacts; null is for ever. */
  keepLeadsDays: number | null;
  /** What the next change expects; null when nobody has changed anything yet. */
  updatedAt: string | null;
}

export const settingsUpdateInput = z.object({
  expectedUpdatedAt: z.iso.datetime({ offset: true }).nullable(),
  patch: z
    .object({
      bestEmail: z.enum(BEST_EMAILS),
      keepBatchesDays: keepDays,
      keepLeadsDays: keepDays,
    })
    .partial(),
});
export type SettingsUpdate = z.output<typeof settingsUpdateInput>;
