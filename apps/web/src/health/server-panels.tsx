"use client";

import type {
  Kept,
  PlatformHealth,
  ShownStatement,
  ShownTable,
  ShownTransaction,
} from "@scrapersky/api/contract";
import { countOf, formatCount } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import { formatSeconds } from "#format/time.ts";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type Column, Panel, Table } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { msWords } from "./health-words.ts";
import { Part } from "./part.tsx";

/** What the server does and holds. */
export function ServerPanels({ health }: { health: PlatformHealth }) {
  const { slow, transactions, sizes, retention, migrations } = health;
  return (
    <>
      <SectionHeading
        title="Slow statements"
        note={
          slow.value?.of === "history"
            ? "by what all their calls took, since the server counts"
            : "that run for more than a second now; the extension pg_stat_statements would count all"
        }
      />
      <Panel>
        <Part told={slow}>
          {({ statements }) =>
            statements.length === 0 ? (
              <EmptyState compact title="None" />
            ) : (
              <Table
                label="Slow statements"
                columns={STATEMENTS}
                rows={statements}
                rowKey={({ text, procedure }) => `${procedure} ${text}`}
              />
            )
          }
        </Part>
      </Panel>
      <SectionHeading title="Open transactions" note="the oldest first" />
      <Panel>
        <Part told={transactions}>
          {(rows) =>
            rows.length === 0 ? (
              <EmptyState compact title="None is open" />
            ) : (
              <Table
                label="Open transactions"
                columns={TRANSACTIONS}
                rows={rows}
                rowKey={({ pid }) => String(pid)}
              />
            )
          }
        </Part>
      </Panel>
      <SectionHeading
        title="Largest tables"
        note={
          <>
            {sizes.value === null
              ? null
              : `the database has ${formatBytes(sizes.value.databaseBytes)}`}
            {migrations.value === null
              ? null
              : `, ${formatCount(migrations.value.applied)} of ${countOf(migrations.value.expected, "migration")} applied`}
          </>
        }
      />
      <Panel>
        <Part told={sizes}>
          {({ tables }) => (
            <Table
              label="Largest tables"
              columns={TABLES}
              rows={tables}
              rowKey={({ name }) => name}
            />
          )}
        </Part>
      </Panel>
      <SectionHeading title="For how long things are kept" />
      <Panel>
        <Part told={retention}>
          {(rows) => (
            <Table label="Retention" columns={KEPT} rows={rows} rowKey={({ what }) => what} />
          )}
        </Part>
      </Panel>
    </>
  );
}

const code = (text: string) => (
  <span
    className="figures block truncate max-lg:whitespace-normal max-lg:wrap-anywhere"
    data-hint={text}
  >
    {text}
  </span>
);

const STATEMENTS: Column<ShownStatement>[] = [
  { key: "text", header: "Statement", narrow: "line", cell: ({ text }) => code(text) },
  {
    key: "procedure",
    header: "Sent by",
    narrow: "title",
    width: "w-44",
    cell: ({ procedure }) => procedure ?? "–",
  },
  {
    key: "calls",
    header: "Calls",
    narrow: "hidden",
    align: "right",
    width: "w-24",
    cell: ({ calls }) => formatCount(calls),
  },
  {
    key: "mean",
    header: "Mean",
    narrow: "aside",
    align: "right",
    width: "w-24",
    cell: ({ meanMs }) => msWords(meanMs),
  },
  {
    key: "longest",
    header: "Longest",
    narrow: "hidden",
    align: "right",
    width: "w-24",
    cell: ({ maxMs }) => msWords(maxMs),
  },
  {
    key: "all",
    header: "In all",
    narrow: "hidden",
    align: "right",
    width: "w-24",
    cell: ({ totalMs }) => formatSeconds(totalMs / 1000),
  },
];

const TRANSACTIONS: Column<ShownTransaction>[] = [
  {
    key: "statement",
    header: "Statement",
    narrow: "line",
    cell: ({ statement }) => code(statement),
  },
  {
    key: "program",
    header: "Program",
    narrow: "title",
    width: "w-44",
    cell: ({ program, pid }) => (
      <>
        {program === "" ? "without a name" : program}{" "}
        <span className="figures text-muted">{pid}</span>
      </>
    ),
  },
  {
    key: "does",
    header: "Does",
    narrow: "meta",
    width: "w-56",
    cell: ({ isIdle, stateSeconds, waitsFor }) =>
      waitsFor.length > 0
        ? `waits for ${waitsFor.join(", ")}`
        : `${isIdle ? "stands idle for" : "runs for"} ${formatSeconds(stateSeconds)}`,
  },
  {
    key: "age",
    header: "Open for",
    narrow: "aside",
    align: "right",
    width: "w-28",
    cell: ({ ageSeconds }) => formatSeconds(ageSeconds),
  },
];

const TABLES: Column<ShownTable>[] = [
  {
    key: "name",
    header: "Table",
    narrow: "title",
    cell: ({ name }) => <span className="figures">{name}</span>,
  },
  {
    key: "bytes",
    header: "Size",
    narrow: "aside",
    align: "right",
    width: "w-28",
    cell: ({ bytes }) => formatBytes(bytes),
  },
  {
    key: "indexes",
    header: "In indexes",
    narrow: "hidden",
    align: "right",
    width: "w-28",
    cell: ({ indexBytes }) => formatBytes(indexBytes),
  },
  {
    key: "rows",
    header: "Rows, about",
    narrow: "meta",
    align: "right",
    width: "w-32",
    cell: ({ rows }) => (
      <>
        {formatCount(rows)}
        <span className="lg:hidden"> rows</span>
      </>
    ),
  },
  {
    key: "dead",
    header: "Dead rows",
    narrow: "hidden",
    align: "right",
    width: "w-28",
    cell: ({ deadRows }) => formatCount(deadRows),
  },
];

const KEPT: Column<Kept>[] = [
  { key: "what", header: "What", narrow: "title", cell: ({ what }) => what },
  { key: "kept", header: "Kept", narrow: "line", width: "w-1/2", cell: ({ kept }) => kept },
  {
    key: "oldest",
    header: "Oldest",
    narrow: "meta",
    align: "right",
    width: "w-40",
    cell: ({ oldestAt, isOverdue }) =>
      oldestAt === null ? (
        "–"
      ) : (
        <span className={isOverdue ? "text-failed" : undefined}>
          {isOverdue ? "overdue, " : ""}
          <Ago at={oldestAt} />
        </span>
      ),
  },
];
