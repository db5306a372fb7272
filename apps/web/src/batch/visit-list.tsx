import type { BatchProgress } from "@scrapersky/api/contract";
import type { JOB_LIST } from "@scrapersky/api/lists";
import { JOB_VIEW } from "#job/job-list-base.ts";
import { jobColumns } from "#job/job-table.tsx";
import type { ListView } from "#list/list-view.ts";
import { ListOfBatch } from "./list-of-batch.tsx";

const VISITS: ListView<typeof JOB_LIST> = {
  ...JOB_VIEW,
  name: "visits",
  title: "Visits",
  columns: jobColumns(),
};

/** The jobs of a batch as visits: what happened at each site, and how long it took. */
export const VisitList = ({ batch }: { batch: BatchProgress }) => (
  <ListOfBatch batch={batch} view={VISITS} />
);
