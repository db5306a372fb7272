"use client";

import type { DbTable } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import { useApi } from "#trpc/client.tsx";
import { Answered } from "#ui/answered.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Input } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type Column, Panel, RowLink, Table } from "#ui/table.tsx";
import { DbNav } from "./db-nav.tsx";
import { tablesQuery } from "./db-queries.ts";

const COLUMNS: Column<DbTable>[] = [
  {
    key: "table",
    header: "Table",
    narrow: "title",
    cell: ({ schema, table }) => (
      <RowLink href={`/admin/db/${encodeURIComponent(`${schema}.${table}`)}`}>
        <span className="figures">
          {schema === "public" ? null : <span className="text-muted">{schema}.</span>}
          {table}
        </span>
      </RowLink>
    ),
  },
  {
    key: "shown",
    header: "Rows are",
    narrow: "meta",
    width: "w-32",
    cell: ({ shown }) => <span className="text-muted">{shown ? "shown" : "hidden"}</span>,
  },
  {
    key: "columns",
    header: "Columns",
    narrow: "hidden",
    align: "right",
    width: "w-24",
    cell: ({ columns }) => <span className="figures">{formatCount(columns)}</span>,
  },
  {
    key: "rows",
    header: "About rows",
    narrow: "meta",
    align: "right",
    width: "w-32",
    cell: ({ rows }) =>
      rows === null ? (
        <Unseen what="not counted yet" />
      ) : (
        <span className="figures">{formatCount(rows)}</span>
      ),
  },
  {
    key: "bytes",
    header: "Size",
    narrow: "aside",
    align: "right",
    width: "w-28",
    cell: ({ bytes }) => <span className="figures">{formatBytes(bytes)}</span>,
  },
];

/** What the database holds, by table. */
export function TablesView() {
  const query = useQuery(tablesQuery(useApi()));
  const [word, setWord] = useState("");
  const wanted = word.trim().toLowerCase();
  return (
    <>
      <PageHeader
        title="Database"
        state={
          query.data === undefined
            ? undefined
            : `${countOf(query.data.length, "table")}, ${formatBytes(query.data.reduce((sum, { bytes }) => sum + bytes, 0))}`
        }
      />
      <DbNav />
      <Answered query={query}>
        {(tables) => {
          const rows = tables.filter(({ schema, table }) => `${schema}.${table}`.includes(wanted));
          return (
            <>
              <Input
                type="search"
                data-search
                aria-label="Name contains"
                placeholder="Name contains"
                className="mb-3 sm:max-w-64"
                value={word}
                onChange={({ target }) => setWord(target.value)}
              />
              <Panel>
                {rows.length === 0 ? (
                  <EmptyState title="No table has that in its name" />
                ) : (
                  <Table
                    label="Tables"
                    columns={COLUMNS}
                    rows={rows}
                    rowKey={({ schema, table }) => `${schema}.${table}`}
                  />
                )}
              </Panel>
            </>
          );
        }}
      </Answered>
    </>
  );
}
