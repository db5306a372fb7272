import type { BatchProgress } from "@scrapersky/api/contract";
import type { JOB_LIST } from "@scrapersky/api/lists";
import { inBatch } from "#job/in-batch.ts";
import { ListSection } from "#list/list-section.tsx";
import type { ListView } from "#list/list-view.ts";
import { EmptyState } from "#ui/states.tsx";
import { isOver } from "./is-over.ts";

/** The jobs of a batch, told in one way or another. */
export function ListOfBatch({
  batch,
  view,
}: {
  batch: BatchProgress;
  view: ListView<typeof JOB_LIST>;
}) {
  return (
    <ListSection
      view={view}
      fixed={inBatch(batch.batchId)}
      moves={!isOver(batch.status)}
      follows={JSON.stringify([batch.status, batch.counts])}
      counts={{ status: { ...batch.counts } }}
      empty={<EmptyState title="This batch has no domains" />}
    />
  );
}
