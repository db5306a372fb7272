"use client";

import { BATCH_LIST } from "@scrapersky/api/lists";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { shortId } from "#ui/copy-button.tsx";
import { EmptyState } from "#ui/states.tsx";
import { LOOKS } from "#ui/status.tsx";
import { BATCH_COLUMNS } from "./batch-table.tsx";

const BATCHES: ListView<typeof BATCH_LIST> = {
  list: BATCH_LIST,
  labels: {
    one: "batch",
    many: "batches",
    filters: {
      status: { by: "status", looks: LOOKS, inSight: true },
      createdBy: { by: "who made it", show: shortId, fromElsewhere: true },
      q: { search: "Any part of a batch's name" },
    },
  },
  title: "Batches",
  told: [{ filters: { status: ["running", "pending"] }, words: "under way" }],
  rowKey: ({ batchId }) => batchId,
  columns: BATCH_COLUMNS,
  acts: {
    may: ["jobs:retry", "batches:cancel", "batches:delete"],
    load: async () => (await import("./batch-list-acts.tsx")).BATCH_ACTS,
  },
  presets: [
    { slug: "mine", name: "Mine", filters: ({ meId }) => ({ createdBy: [meId] }) },
    { slug: "running-now", name: "Running now", filters: () => ({ status: ["running"] }) },
    {
      slug: "failed",
      name: "With failures",
      filters: () => ({ status: ["partial", "failed"] }),
    },
  ],
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
      view={BATCHES}
      action={newBatch}
      empty={
        <EmptyState title="No batches yet" action={newBatch}>
          Paste a list of domains; every site is visited once, and what it says about itself is
          kept.
        </EmptyState>
      }
    />
  );
}
