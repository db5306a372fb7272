import type { AuditRow } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import type { ListColumn } from "#list/list-view.ts";
import { Unseen } from "#ui/facts.tsx";
import { type Look, Looking } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { detailWords } from "./detail-words.ts";

export const OUTCOMES = {
  done: { word: "Done", tone: "complete" },
  refused: { word: "Refused", tone: "partial" },
  failed: { word: "Failed", tone: "failed" },
} as const satisfies Record<AuditRow["outcome"], Look>;

/** What is shown of a row of the log, be it a tenant's or the platform's. */
export const AUDIT_COLUMNS: ListColumn<AuditRow, "newest">[] = [
  {
    key: "action",
    header: "Action",
    narrow: "title",
    width: "lg:w-52",
    cell: ({ action }) => <span className="font-medium">{action}</span>,
  },
  {
    key: "outcome",
    header: "Outcome",
    narrow: "aside",
    width: "w-32",
    cell: ({ outcome, count }) => (
      <span className="inline-flex items-center gap-1.5 align-top">
        <Looking look={OUTCOMES[outcome]} still />
        {count > 1 ? <span className="figures text-muted">×{formatCount(count)}</span> : null}
      </span>
    ),
  },
  {
    key: "actor",
    header: "Who",
    narrow: "meta",
    width: "w-44",
    cell: ({ actor, source }) =>
      actor?.name ?? <Unseen what={source === "cli" ? "by command" : "not known"} />,
  },
  {
    key: "detail",
    header: "Details",
    narrow: "line",
    exports: ["targetType", "targetId", "detail"],
    cell: (row) => <span className="text-muted">{detailWords(row)}</span>,
  },
  {
    key: "source",
    header: "By way of",
    narrow: "hidden",
    width: "w-24",
    away: "lg:max-xl:hidden",
    cell: ({ source }) => <span className="text-muted">{source?.split(":")[0]}</span>,
  },
  {
    key: "at",
    header: "At",
    narrow: "meta",
    align: "right",
    width: "w-26",
    cell: ({ at }) => <Ago at={at} className="text-muted tabular-nums" />,
  },
];
