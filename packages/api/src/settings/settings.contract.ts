import { z } from "zod";

/** Whose mailbox is the best of a lead: that of the business, or a person's. */
export const BEST_EMAILS = ["role", "person"] as const;

/** How a tenant wants things. */
export interface Settings {
  bestEmail: (typeof BEST_EMAILS)[number];
  /** What the next change expects; null when nobody has changed anything yet. */
  updatedAt: string | null;
}

export const settingsUpdateInput = z.object({
  expectedUpdatedAt: z.iso.datetime({ offset: true }).nullable(),
  patch: z.object({ bestEmail: z.enum(BEST_EMAILS) }).partial(),
});
export type SettingsUpdate = z.output<typeof settingsUpdateInput>;
