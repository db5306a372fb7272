"use client";

import type { BulkAction } from "@scrapersky/api/contract";
import { BULK_LIST } from "@scrapersky/api/lists";
import { formatCount } from "#format/number.ts";
import { ListPage } from "#list/list-page.tsx";
import type { ListColumn, ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { BULK_LOOKS, BULK_WORDS, settingsInWords, targetInWords } from "./bulk-words.ts";

const countColumn = (
  key: "done" | "skipped" | "failed",
  header: string,
): ListColumn<BulkAction, "newest"> => ({
  key,
  header,
  narrow: "meta",
  align: "right",
  width: "w-22",
  cell: ({ [key]: count }) => (
    <span
      className={
        count === 0 ? "figures text-muted" : key === "failed" ? "figures text-failed" : "figures"
      }
    >
      {formatCount(count)}
      <span className="font-sans lg:hidden"> {header.toLowerCase()}</span>
    </span>
  ),
});

const BULKS: ListView<typeof BULK_LIST> = {
  list: BULK_LIST,
  labels: {
    one: "bulk action",
    filters: {
      status: { by: "status", looks: BULK_LOOKS },
      action: { by: "action", looks: BULK_WORDS },
    },
  },
  title: "Bulk actions",
  told: [{ filters: { status: ["running", "pending", "undoing"] }, words: "under way" }],
  rowKey: ({ id }) => id,
  columns: [
    {
      key: "action",
      header: "Action",
      narrow: "title",
      width: "lg:w-60",
      cell: ({ id, action }) => <RowTo to={`/bulk/${id}`}>{BULK_WORDS[action]}</RowTo>,
    },
    {
      key: "status",
      header: "Status",
      narrow: "aside",
      width: "w-32",
      cell: ({ status }) => <Looking look={BULK_LOOKS[status]} />,
    },
    {
      key: "target",
      header: "Rows",
      narrow: "line",
      cell: (bulk) => {
        const words = [targetInWords(bulk), settingsInWords(bulk.settings)]
          .filter((part) => part !== "")
          .join(" → ");
        return (
          <span className="text-muted" data-hint={words}>
            {words}
          </span>
        );
      },
    },
    countColumn("done", "Done"),
    countColumn("skipped", "Skipped"),
    countColumn("failed", "Failed"),
    {
      key: "by",
      header: "By",
      narrow: "hidden",
      width: "w-36",
      away: "lg:max-xl:hidden",
      cell: ({ createdBy }) =>
        createdBy?.name == null ? <Unseen what="not known" /> : createdBy.name,
    },
    {
      key: "created",
      header: "Begun",
      narrow: "meta",
      align: "right",
      width: "w-26",
      cell: ({ createdAt }) => <Ago at={createdAt} className="text-muted tabular-nums" />,
    },
  ],
};

/** What was done to many rows at once, and by whom. */
export function BulkListView() {
  return (
    <ListPage
      view={BULKS}
      empty={
        <EmptyState title="No bulk actions yet">
          Select rows of a list by their boxes or with “x”, and choose what is done with them.
        </EmptyState>
      }
    />
  );
}
