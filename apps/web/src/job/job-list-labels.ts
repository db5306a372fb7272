import type { JOB_LIST } from "@scrapersky/api/lists";
import { formatDay } from "#format/time.ts";
import { shortId } from "#ui/copy-button.tsx";
import type { ListLabels } from "#list/list-labels.ts";
import { LOOKS } from "#ui/status.tsx";

export const JOB_LABELS: ListLabels<typeof JOB_LIST> = {
  one: "job",
  filters: {
    status: { by: "status", looks: LOOKS, inSight: true },
    errorCode: { by: "reason" },
    batchId: { by: "batch", show: shortId, fromElsewhere: true },
    createdSince: { by: "created since", show: formatDay },
    createdBy: { by: "who made the batch", show: shortId, fromElsewhere: true },
    q: { search: "Any part of a domain" },
  },
};
