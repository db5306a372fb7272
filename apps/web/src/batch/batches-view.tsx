"use client";

import { BATCH_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListLabels } from "#list/list-labels.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { EmptyState } from "#ui/states.tsx";
import { LOOKS } from "#ui/status.tsx";
import { BatchTable } from "./batch-table.tsx";

const LABELS: ListLabels<typeof BATCH_LIST> = {
  one: "batch",
  filters: { status: { by: "status", looks: LOOKS } },
};

/** All batches of the tenant, newest first. */
export function BatchesView() {
  const path = usePath();
  const newBatch = useMay("batches:create") ? (
    <ButtonLink href={path("/batches/new")} variant="primary">
      New batch
    </ButtonLink>
  ) : undefined;
  return (
    <ListPage
      list={BATCH_LIST}
      labels={LABELS}
      title="Batches"
      state="Lists of domains that were submitted together."
      action={newBatch}
      rowKey={({ batchId }) => batchId}
      table={(batches) => <BatchTable label="Batches" batches={batches} />}
      empty={
        <EmptyState title="No batches yet" action={newBatch}>
          Paste a list of domains; every site is visited once, and what it says about itself is
          kept.
        </EmptyState>
      }
    />
  );
}
