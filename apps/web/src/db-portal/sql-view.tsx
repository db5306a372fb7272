"use client";

import type { PlanAnswer, SqlAnswer, SqlState } from "@scrapersky/api/contract";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useId, useRef, useState } from "react";
import { formatCount } from "#format/number.ts";
import { useHotkey } from "#shell/hotkey.ts";
import { shortcutOf } from "#shell/keys.ts";
import { useApi } from "#trpc/client.tsx";
import { Answered } from "#ui/answered.tsx";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";
import { Field } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { DbNav } from "./db-nav.tsx";
import { DB_KEY, sqlStateQuery } from "./db-queries.ts";
import { SqlAside } from "./sql-aside.tsx";
import { SqlOutcome } from "./sql-outcome.tsx";

/** Read-only SQL over the rows of every tenant. */
export function SqlView() {
  const query = useQuery(sqlStateQuery(useApi()));
  return (
    <>
      <PageHeader
        title="SQL"
        state="Reads the rows of every tenant and changes none. The audit log tells that you asked, and how many rows came."
      />
      <DbNav />
      <Answered query={query}>
        {(state) => (state.on ? <Console state={state} /> : <Off state={state} />)}
      </Answered>
    </>
  );
}

function Off({ state: { why, mend } }: { state: SqlState }) {
  return (
    <Panel className="p-4">
      <h2 className="font-medium">Read-only SQL is off</h2>
      <p className="mt-1 text-sm text-muted">
        {why} It is on once somebody who may has run this; nothing else needs to be started anew.
      </p>
      {mend === null ? null : (
        <div className="mt-3 flex items-start gap-2">
          <pre className="figures min-w-0 flex-1 overflow-x-auto rounded-md border border-line bg-canvas p-3 text-xs whitespace-pre-wrap">
            {mend}
          </pre>
          <CopyButton value={mend} label="Copy what to run" />
        </div>
      )}
    </Panel>
  );
}

const MB = 1024 * 1024;

/** What runs, or came of the last run. */
type Shown =
  | { kind: "nothing" }
  | { kind: "running"; runId: string }
  | { kind: "answer"; answer: SqlAnswer | PlanAnswer; sql: string }
  | { kind: "fault"; error: unknown };

function Console({ state: { limits, tables } }: { state: SqlState }) {
  const id = useId();
  const api = useApi();
  const queryClient = useQueryClient();
  const [sql, setSql] = useState("");
  const [shown, setShown] = useState<Shown>({ kind: "nothing" });
  const field = useRef<HTMLTextAreaElement>(null);
  const isRunning = shown.kind === "running";
  const isEmpty = sql.trim() === "";

  const run = async (kind: "query" | "explain"): Promise<void> => {
    if (isRunning || isEmpty) return;
    const runId = crypto.randomUUID();
    setShown({ kind: "running", runId });
    try {
      const { db } = await api();
      setShown({ kind: "answer", sql, answer: await db[kind].mutate({ sql, runId }) });
    } catch (error) {
      setShown({ kind: "fault", error });
    }
    await queryClient.invalidateQueries({ queryKey: [...DB_KEY, "queryHistory"] });
  };
  const cancel = async (): Promise<void> => {
    if (!isRunning) return;
    // The run itself tells that it was.
    await (await api()).db.cancelQuery.mutate({ runId: shown.runId }).catch(() => undefined);
  };
  const take = (text: string): void => {
    setSql(text);
    field.current?.focus();
  };
  useHotkey("send", isEmpty || isRunning ? undefined : () => void run("query"));

  return (
    <div className="grid gap-5 xl:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="min-w-0">
        <Field
          label="Statement"
          htmlFor={id}
          hint={`One SELECT, VALUES or TABLE. ${limits.timeMs / 1000} s, ${formatCount(limits.rows)} rows, ${limits.bytes / MB} MB at most.`}
        >
          <textarea
            ref={field}
            id={id}
            data-search
            value={sql}
            onChange={({ target }) => setSql(target.value)}
            rows={8}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            aria-describedby={`${id}-hint`}
            className="figures block w-full resize-y rounded-md border border-field-line bg-surface p-2.5 text-sm text-text"
          />
        </Field>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button
            variant="primary"
            disabled={isRunning || isEmpty}
            aria-keyshortcuts={shortcutOf("send")}
            onClick={() => void run("query")}
          >
            Run
          </Button>
          <Button disabled={isRunning || isEmpty} onClick={() => void run("explain")}>
            Explain
          </Button>
          {isRunning ? <Button onClick={() => void cancel()}>Cancel</Button> : null}
        </div>
        <div className="mt-5" aria-live="polite">
          {shown.kind === "running" ? (
            <p className="text-sm text-muted">Running…</p>
          ) : shown.kind === "fault" ? (
            <ErrorCard error={shown.error} />
          ) : shown.kind === "answer" ? (
            <SqlOutcome key={shown.answer.runId} answer={shown.answer} sql={shown.sql} />
          ) : null}
        </div>
      </div>
      <SqlAside sql={sql} tables={tables} onTake={take} />
    </div>
  );
}
