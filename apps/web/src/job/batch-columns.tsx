import type { Job } from "@scrapersky/api/contract";
import { batchNameOf } from "#batch/batch-words.ts";
import { Unseen } from "#ui/facts.tsx";
import type { ListColumn } from "#list/list-view.ts";
import { Ago } from "#ui/time.tsx";

/** What tells jobs of several batches apart. */
export const BATCH_COLUMNS: ListColumn<Job, "newest">[] = [
  {
    key: "batch",
    header: "Batch",
    narrow: "hidden",
    width: "w-44",
    away: "lg:max-[1400px]:hidden",
    cell: (job) => {
      const name = batchNameOf(job);
      return name === null ? (
        <Unseen what="no batch" />
      ) : (
        <span className="text-muted" data-hint={name}>
          {name}
        </span>
      );
    },
  },
  {
    key: "created",
    header: "Created",
    order: "newest",
    narrow: "meta",
    align: "right",
    width: "w-26",
    cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted tabular-nums" />,
  },
];
