"use client";

import type { ExportStatus } from "@scrapersky/api/contract";
import { EXPORT_LIST } from "@scrapersky/api/lists";
import { readableWord } from "#format/name.ts";
import { formatCount } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type Look, ToneIcon } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";

const STATES: Record<ExportStatus, Look> = {
  running: { word: "Running", tone: "running" },
  complete: { word: "Complete", tone: "complete" },
  abandoned: { word: "Left by its reader", tone: "cancelled" },
  failed: { word: "Failed", tone: "failed" },
};

const EXPORTS: ListView<typeof EXPORT_LIST> = {
  list: EXPORT_LIST,
  labels: {
    one: "export",
    filters: {
      list: { by: "list", show: readableWord },
      status: { by: "status", looks: STATES, inSight: true },
    },
  },
  title: "Exports",
  told: [{ filters: { status: ["running"] }, words: "under way" }],
  rowKey: ({ exportId }) => exportId,
  columns: [
    {
      key: "list",
      header: "List",
      narrow: "title",
      cell: ({ list, format }) => (
        <span className="font-medium">
          {readableWord(list)} <span className="font-normal text-muted uppercase">{format}</span>
        </span>
      ),
    },
    {
      key: "filters",
      header: "Asked for",
      narrow: "line",
      cell: ({ filters, since }) => (
        <span className="text-muted">
          {since === null ? "" : "Only what was new. "}
          {filtersInWords(filters)}
        </span>
      ),
    },
    {
      key: "status",
      header: "Status",
      narrow: "aside",
      width: "w-40",
      cell: ({ status }) => (
        <span className="inline-flex items-center gap-1.5 align-top whitespace-nowrap">
          <ToneIcon tone={STATES[status].tone} />
          {STATES[status].word}
        </span>
      ),
    },
    {
      key: "rows",
      header: "Rows",
      narrow: "meta",
      align: "right",
      width: "w-24",
      cell: ({ rows }) => (
        <span className="figures">
          {formatCount(rows)}
          <span className="font-sans lg:hidden"> rows</span>
        </span>
      ),
    },
    {
      key: "size",
      header: "Size",
      narrow: "hidden",
      align: "right",
      width: "w-24",
      cell: ({ bytes }) => <span className="figures">{formatBytes(bytes)}</span>,
    },
    {
      key: "by",
      header: "By",
      narrow: "hidden",
      width: "w-40",
      away: "lg:max-[1100px]:hidden",
      cell: ({ createdBy }) =>
        createdBy?.name == null ? <Unseen what="not known" /> : createdBy.name,
    },
    {
      key: "started",
      header: "Started",
      narrow: "meta",
      align: "right",
      width: "w-26",
      cell: ({ startedAt }) => <Ago at={startedAt} className="text-muted tabular-nums" />,
    },
  ],
};

/** "status: failed · has: email, phone"; all rows where nothing narrowed the list. */
const filtersInWords = (filters: Record<string, unknown>): string => {
  const parts = Object.entries(filters).map(
    ([name, value]) => `${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`,
  );
  return parts.length === 0 ? "All rows" : parts.join(" · ");
};

/** What left the product as a file, who took it, and when. */
export function ExportsView() {
  return (
    <ListPage
      view={EXPORTS}
      empty={
        <EmptyState title="No exports yet">
          “Export” above a list makes a file of what its filters show.
        </EmptyState>
      }
    />
  );
}
