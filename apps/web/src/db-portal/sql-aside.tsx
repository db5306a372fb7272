"use client";

import type { SqlRun, SqlState } from "@scrapersky/api/contract";
import { SQL_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useQuery } from "@tanstack/react-query";
import { useId, useState } from "react";
import { countOf } from "#format/number.ts";
import { useApi } from "#trpc/client.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { DB_KEY, savedSqlQuery, sqlHistoryQuery } from "./db-queries.ts";

/** What can be read, what is kept, and what was run: each is taken into the statement by a press. */
export function SqlAside({
  sql,
  tables,
  onTake,
}: {
  sql: string;
  tables: SqlState["tables"];
  onTake: (sql: string) => void;
}) {
  return (
    <div className="flex min-w-0 flex-col gap-5">
      <Saved sql={sql} onTake={onTake} />
      <History onTake={onTake} />
      <section aria-labelledby="sql-tables">
        <h2 id="sql-tables" className="mb-2 text-sm font-medium">
          Tables
        </h2>
        <Panel>
          <ul className="max-h-96 divide-y divide-line overflow-y-auto">
            {tables.map(({ name, columns }) => (
              <li key={name}>
                <details>
                  <summary className="figures cursor-pointer px-3 py-1.5 text-xs hover:bg-hover">
                    {name}
                  </summary>
                  <p className="figures px-3 pb-2 text-xs break-words text-muted">
                    {columns.join(", ")}
                  </p>
                </details>
              </li>
            ))}
          </ul>
        </Panel>
      </section>
    </div>
  );
}

function Saved({ sql, onTake }: { sql: string; onTake: (sql: string) => void }) {
  const id = useId();
  const query = useQuery(savedSqlQuery(useApi()));
  const [name, setName] = useState("");
  const save = useAct(DB_KEY, ({ db }, input: { name: string; sql: string }) =>
    db.saveQuery.mutate(input),
  );
  const remove = useAct(DB_KEY, ({ db }, savedId: string) => db.deleteQuery.mutate({ savedId }));
  const ready = name.trim() !== "" && sql.trim() !== "" && !save.isPending;
  return (
    <section aria-labelledby="sql-saved">
      <h2 id="sql-saved" className="mb-2 text-sm font-medium">
        Saved
      </h2>
      <Panel>
        <ul className="divide-y divide-line">
          {query.data?.map((saved) => (
            <li key={saved.savedId} className="flex items-center gap-1 pr-1">
              <button
                type="button"
                className="min-w-0 flex-1 truncate px-3 py-1.5 text-left text-sm hover:bg-hover"
                onClick={() => {
                  setName(saved.name);
                  onTake(saved.sql);
                }}
              >
                {saved.name}
              </button>
              <Button
                variant="ghost"
                aria-label={`Delete ${saved.name}`}
                onClick={() => remove.mutate(saved.savedId)}
              >
                Delete
              </Button>
            </li>
          ))}
        </ul>
        <form
          className="flex gap-2 border-t border-line p-2 first:border-0"
          onSubmit={(event) => {
            event.preventDefault();
            if (ready) save.mutate({ name, sql });
          }}
        >
          <label htmlFor={id} className="sr-only">
            Name of the statement
          </label>
          <Input
            id={id}
            value={name}
            maxLength={SQL_NAME_LENGTH_MAX}
            placeholder="Save under a name"
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" disabled={!ready}>
            Save
          </Button>
        </form>
      </Panel>
      {save.isError ? <ErrorCard className="mt-2" error={save.error} /> : null}
      {remove.isError ? <ErrorCard className="mt-2" error={remove.error} /> : null}
    </section>
  );
}

const wordsOf = ({ kind, outcome, rows }: SqlRun): string => {
  if (outcome === null) return "no end";
  if (outcome !== "answered") return outcome;
  return kind === "explain" ? "plan" : countOf(rows ?? 0, "row");
};

function History({ onTake }: { onTake: (sql: string) => void }) {
  const query = useQuery(sqlHistoryQuery(useApi()));
  return (
    <section aria-labelledby="sql-history">
      <h2 id="sql-history" className="mb-2 text-sm font-medium">
        Your last runs
      </h2>
      <Panel>
        {query.data?.length === 0 ? <EmptyState compact title="None yet" /> : null}
        <ul className="max-h-72 divide-y divide-line overflow-y-auto">
          {query.data?.map((run) => (
            <li key={run.runId}>
              <button
                type="button"
                className="block w-full px-3 py-1.5 text-left hover:bg-hover"
                onClick={() => onTake(run.sql)}
              >
                <span className="figures block truncate text-xs">{run.sql}</span>
                <span className="text-xs text-muted">
                  {wordsOf(run)} · <Ago at={run.startedAt} />
                </span>
              </button>
            </li>
          ))}
        </ul>
      </Panel>
    </section>
  );
}
