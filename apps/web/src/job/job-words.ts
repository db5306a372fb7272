import type { Job } from "@scrapersky/api/contract";

/** Why a job failed, or what is odd about the site it read; null when there is nothing to say. */
export const whatHappened = ({ error, notes }: Pick<Job, "error" | "notes">): string | null =>
  error ?? (notes.map(({ text }) => text).join(" ") || null);
