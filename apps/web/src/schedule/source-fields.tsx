"use client";

import { BATCH_LIST } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { clsx } from "clsx";
import { batchName } from "#batch/batch-words.ts";
import { listQuery } from "#list/list-query.ts";
import { useApi } from "#trpc/client.tsx";
import { Field, Input, INPUT_CLASS } from "#ui/field.tsx";
import type { ScheduleForm } from "./form-of.ts";
import { readLeadFilter, sourceWords } from "./lead-filter.ts";

const BATCHES_OFFERED = 50;

/** What is run: the list of one of the latest batches, or the leads of a filter. */
export function SourceFields({
  form,
  change,
}: {
  form: ScheduleForm;
  change: (patch: Partial<ScheduleForm>) => void;
}) {
  return (
    <>
      <Field label="Scans" htmlFor="schedule-kind">
        <select
          id="schedule-kind"
          value={form.kind}
          onChange={({ target }) => change({ kind: target.value as ScheduleForm["kind"] })}
          className={INPUT_CLASS}
        >
          <option value="batch">The list of a batch</option>
          <option value="leads">Leads that a filter finds</option>
        </select>
      </Field>
      {form.kind === "batch" ? (
        <BatchField batchId={form.batchId} onChange={(batchId) => change({ batchId })} />
      ) : (
        <Field
          label="Filter"
          htmlFor="schedule-filter"
          hint={sourceWords({ kind: "leads", filter: readLeadFilter(form.address) })}
        >
          <Input
            id="schedule-filter"
            value={form.address}
            placeholder="country=DE&has=email"
            onChange={({ target }) => change({ address: target.value })}
            aria-describedby="schedule-filter-hint"
            className="figures"
          />
        </Field>
      )}
    </>
  );
}

function BatchField({
  batchId,
  onChange,
}: {
  batchId: string;
  onChange: (batchId: string) => void;
}) {
  const query = useQuery(listQuery(useApi(), BATCH_LIST, { limit: BATCHES_OFFERED }));
  const batches = query.data?.items ?? [];
  const isOffered = batchId === "" || batches.some((batch) => batch.batchId === batchId);
  return (
    <Field label="Batch" htmlFor="schedule-batch" hint="Its list as it stands at each run.">
      <select
        id="schedule-batch"
        value={batchId}
        onChange={({ target }) => onChange(target.value)}
        aria-describedby="schedule-batch-hint"
        className={clsx(INPUT_CLASS, "truncate")}
      >
        <option value="" disabled>
          {query.isPending ? "Loading…" : "Choose one"}
        </option>
        {isOffered ? null : <option value={batchId}>The one it has now</option>}
        {batches.map((batch) => (
          <option key={batch.batchId} value={batch.batchId}>
            {batchName(batch)}
          </option>
        ))}
      </select>
    </Field>
  );
}
