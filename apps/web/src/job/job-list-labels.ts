import type { JOB_LIST } from "@scrapersky/api/lists";
import type { ListLabels } from "#list/list-labels.ts";
import { LOOKS } from "#ui/status.tsx";

export const JOB_LABELS: ListLabels<typeof JOB_LIST> = {
  one: "job",
  filters: {
    status: { by: "status", looks: LOOKS },
    errorCode: { chip: "Reason" },
    batchId: { chip: "Batch", show: (batchId) => batchId.slice(0, 8) },
    q: { search: "Domain starts with" },
  },
};
