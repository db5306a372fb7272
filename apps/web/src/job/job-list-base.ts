import { JOB_LIST } from "@scrapersky/api/lists";
import type { ListView } from "#list/list-view.ts";
import { JOB_LABELS } from "./job-list-labels.ts";
import { late } from "#ui/late.ts";

const JobPeek = late(async () => ({ default: (await import("./job-peek.tsx")).JobPeek }));

/** By the clock of whoever reads. */
const startOfToday = (): string => new Date(new Date().setHours(0, 0, 0, 0)).toISOString();

/** What every list of jobs has, whatever it tells of them. */
export const JOB_VIEW: Omit<ListView<typeof JOB_LIST>, "columns"> = {
  list: JOB_LIST,
  labels: JOB_LABELS,
  title: "Jobs",
  told: [
    { filters: { status: ["running"] }, words: "running" },
    { filters: { status: ["pending"] }, words: "waiting" },
  ],
  rowKey: ({ jobId }) => jobId,
  peek: { of: ({ jobId }) => jobId, View: JobPeek },
  acts: {
    may: ["jobs:retry", "jobs:cancel"],
    load: async () => (await import("./job-list-acts.ts")).JOB_ACTS,
  },
  presets: [
    { slug: "running-now", name: "Running now", filters: () => ({ status: ["running"] }) },
    {
      slug: "failed-today",
      name: "Failed today",
      filters: () => ({ status: ["failed"], createdSince: [startOfToday()] }),
    },
    { slug: "failed", name: "Failed", filters: () => ({ status: ["failed"] }) },
    { slug: "mine", name: "Mine", filters: ({ meId }) => ({ createdBy: [meId] }) },
  ],
};
