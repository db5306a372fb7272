"use client";

import type { DbTableDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { countOf, formatCount } from "#format/number.ts";
import { formatBytes } from "#format/bytes.ts";
import { useApi } from "#trpc/client.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Answered } from "#ui/answered.tsx";
import { Button } from "#ui/button.tsx";
import { Tag, Unseen } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { Panel, Table } from "#ui/table.tsx";
import { tableQuery } from "./db-queries.ts";
import { ValueTable } from "./value-table.tsx";

/** One table: what it consists of, and some of its rows once somebody asks. */
export function TableView({ table }: { table: string }) {
  const query = useQuery(tableQuery(useApi(), table));
  const { data } = query;
  return (
    <>
      <PageHeader
        back={{ href: "/admin/db", label: "Database" }}
        title={table}
        state={
          data === undefined
            ? undefined
            : `${data.rows === null ? "Rows not counted yet" : `About ${countOf(data.rows, "row")}`}, ${formatBytes(data.bytes)}`
        }
      />
      <Answered query={query}>{(detail) => <Parts table={detail} />}</Answered>
    </>
  );
}

function Parts({ table }: { table: DbTableDetail }) {
  return (
    <>
      <Columns table={table} />
      <SectionHeading title="Indexes" />
      <Panel>
        {table.indexes.length === 0 ? <EmptyState compact title="None" /> : null}
        <ul className="divide-y divide-line">
          {table.indexes.map(({ name, definition, bytes, scans, valid }) => (
            <li key={name} className="px-4 py-2 text-sm">
              <p className="flex flex-wrap items-baseline gap-x-3">
                <span className="figures font-medium">{name}</span>
                <span className="text-xs text-muted">
                  {formatBytes(bytes)}, used {countOf(scans, "time")}
                </span>
                {valid ? null : <Tag>not valid</Tag>}
              </p>
              <p className="figures text-xs break-words text-muted">{definition}</p>
            </li>
          ))}
        </ul>
      </Panel>
      <Keys table={table} />
      {table.shown ? <Sample table={table} /> : null}
    </>
  );
}

function Columns({ table: { columns } }: { table: DbTableDetail }) {
  return (
    <>
      <SectionHeading title="Columns" note={formatCount(columns.length)} />
      <Panel>
        <Table
          label="Columns"
          rows={columns}
          rowKey={({ name }) => name}
          columns={[
            {
              key: "name",
              header: "Name",
              narrow: "title",
              cell: ({ name }) => <span className="figures font-medium">{name}</span>,
            },
            {
              key: "type",
              header: "Type",
              narrow: "meta",
              width: "w-80",
              cell: ({ type, nullable }) => (
                <span className="figures">
                  {type}
                  {nullable ? <span className="text-muted"> or null</span> : null}
                </span>
              ),
            },
            {
              key: "default",
              header: "Default",
              narrow: "line",
              width: "w-72",
              cell: (column) =>
                column.default === null ? (
                  <Unseen what="none" />
                ) : (
                  <span className="figures text-muted">{column.default}</span>
                ),
            },
            {
              key: "masked",
              header: "Values are",
              narrow: "aside",
              width: "w-28",
              cell: ({ masked }) => (
                <span className="text-muted">{masked ? "masked" : "shown"}</span>
              ),
            },
          ]}
        />
      </Panel>
    </>
  );
}

function Keys({ table: { refersTo, referredBy } }: { table: DbTableDetail }) {
  const keys = [
    ...refersTo.map((key) => ({ ...key, of: "This table" })),
    ...referredBy.map(({ table, ...key }) => ({ ...key, of: table })),
  ];
  return (
    <>
      <SectionHeading title="Foreign keys" />
      <Panel>
        {keys.length === 0 ? <EmptyState compact title="None" /> : null}
        <ul className="divide-y divide-line">
          {keys.map(({ name, definition, of }) => (
            <li key={`${of} ${name}`} className="px-4 py-2 text-sm">
              <span className="figures font-medium">{of}</span>
              <p className="figures text-xs break-words text-muted">{definition}</p>
            </li>
          ))}
        </ul>
      </Panel>
    </>
  );
}

function Sample({ table: { schema, table } }: { table: DbTableDetail }) {
  const sample = useAct([], ({ db }) => db.sample.mutate({ table: `${schema}.${table}` }));
  return (
    <>
      <SectionHeading
        title="Some rows"
        note="Of any tenant. The audit log tells that you looked."
        action={
          <Button disabled={sample.isPending} onClick={() => sample.mutate(undefined)}>
            {sample.data === undefined ? "Show 20 rows" : "Show again"}
          </Button>
        }
      />
      {sample.isError ? <ErrorCard error={sample.error} /> : null}
      {sample.data === undefined ? null : sample.data.rows.length === 0 ? (
        <Panel>
          <EmptyState compact title="There are no rows" />
        </Panel>
      ) : (
        <ValueTable
          label="Some rows"
          columns={sample.data.columns.map(({ name, masked }) => ({
            name,
            note: masked ? "masked" : "",
          }))}
          rows={sample.data.rows}
        />
      )}
    </>
  );
}
