import { JOB_LIST } from "@scrapersky/api/lists";
import { lazy } from "react";
import type { ListView } from "#list/list-view.ts";
import { JOB_LABELS } from "./job-list-labels.ts";

const JobPeek = lazy(async () => ({ default: (await import("./job-peek.tsx")).JobPeek }));

/** What every list of jobs has, whatever it tells of them. */
export const JOB_VIEW: Omit<ListView<typeof JOB_LIST>, "columns"> = {
  list: JOB_LIST,
  labels: JOB_LABELS,
  title: "Jobs",
  rowKey: ({ jobId }) => jobId,
  peek: { of: ({ jobId }) => jobId, View: JobPeek },
  presets: [
    { slug: "running-now", name: "Running now", filters: () => ({ status: ["running"] }) },
    { slug: "failed", name: "Failed", filters: () => ({ status: ["failed"] }) },
  ],
};
