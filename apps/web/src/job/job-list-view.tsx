import { JOB_LIST } from "@scrapersky/api/lists";
import { lazy } from "react";
import type { ListView } from "#list/list-view.ts";
import { BATCH_COLUMNS } from "./batch-columns.tsx";
import { JOB_LABELS } from "./job-list-labels.ts";
import { jobColumns } from "./job-table.tsx";

const JobPeek = lazy(async () => ({ default: (await import("./job-peek.tsx")).JobPeek }));

/** All jobs of the tenant. */
export const JOBS: ListView<typeof JOB_LIST> = {
  list: JOB_LIST,
  labels: JOB_LABELS,
  title: "Jobs",
  rowKey: ({ jobId }) => jobId,
  peek: { of: ({ jobId }) => jobId, View: JobPeek },
  presets: [
    { slug: "running-now", name: "Running now", filters: () => ({ status: ["running"] }) },
    { slug: "failed", name: "Failed", filters: () => ({ status: ["failed"] }) },
  ],
  columns: jobColumns(BATCH_COLUMNS),
};

/** The jobs of one batch as visits. */
export const VISITS: ListView<typeof JOB_LIST> = {
  ...JOBS,
  name: "visits",
  title: "Visits",
  columns: jobColumns(),
};
