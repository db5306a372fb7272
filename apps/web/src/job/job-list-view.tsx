import type { JOB_LIST } from "@scrapersky/api/lists";
import type { ListView } from "#list/list-view.ts";
import { BATCH_COLUMNS } from "./batch-columns.tsx";
import { jobColumns } from "./job-table.tsx";
import { JOB_VIEW } from "./job-list-base.ts";
import { JOBS_ORDER } from "./jobs-order.ts";

/** All jobs of the tenant. */
export const JOBS: ListView<typeof JOB_LIST> = {
  ...JOB_VIEW,
  order: JOBS_ORDER,
  columns: jobColumns(BATCH_COLUMNS),
};
