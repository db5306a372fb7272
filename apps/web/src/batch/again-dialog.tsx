"use client";

import { INVALID_DOMAIN, MAX_CONCURRENT_MAX, MAX_PAGES_MAX } from "@scrapersky/api/wire";
import type { BatchProgress } from "@scrapersky/api/contract";
import { useId, useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { NumberField, readNumber } from "./number-field.tsx";
import { useBatchAct } from "./use-batch-act.ts";

/** Lets failed domains of a batch run again, of the reasons that are ticked and with other settings where wanted. */
export function AgainDialog({
  batch,
  codes,
  open,
  onClose,
}: {
  batch: BatchProgress;
  /** Reasons that are ticked at first; all when left out. */
  codes?: readonly string[] | undefined;
  open: boolean;
  onClose: () => void;
}) {
  const { batchId } = batch;
  const id = useId();
  const reasons = batch.failures.filter(({ code }) => code !== INVALID_DOMAIN);
  const [chosen, setChosen] = useState<readonly string[]>(codes ?? reasons.map(({ code }) => code));
  const [pages, setPages] = useState(String(batch.maxPages));
  const [atOnce, setAtOnce] = useState(String(batch.maxConcurrent));
  const maxPages = readNumber(pages, MAX_PAGES_MAX);
  const maxConcurrent = readNumber(atOnce, MAX_CONCURRENT_MAX);
  const count = reasons
    .filter(({ code }) => chosen.includes(code))
    .reduce((sum, reason) => sum + reason.count, 0);
  const again = useBatchAct(
    ({ batches }, overrides: { maxPages: number; maxConcurrent: number }) =>
      batches.retryFailed.mutate({ batchId, errorCodes: [...chosen], overrides }),
    onClose,
  );
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Run failed domains again"
      send={`Run ${countOf(count, "domain")} again`}
      ready={count > 0 && "value" in maxPages && "value" in maxConcurrent && !again.isPending}
      onSend={() => {
        if (!("value" in maxPages) || !("value" in maxConcurrent)) return;
        again.mutate({ maxPages: maxPages.value, maxConcurrent: maxConcurrent.value });
      }}
    >
      <fieldset className="max-h-56 overflow-y-auto">
        <legend className="mb-1.5 font-medium">Reasons</legend>
        {reasons.map(({ code, message, count: failed }) => (
          <label key={code} className="flex items-start gap-2 py-1">
            <input
              type="checkbox"
              className="mt-1"
              checked={chosen.includes(code)}
              onChange={({ target }) =>
                setChosen((before) =>
                  target.checked ? [...before, code] : before.filter((other) => other !== code),
                )
              }
            />
            <span className="min-w-0 break-words">
              {message} <span className="text-muted tabular-nums">{formatCount(failed)}</span>
            </span>
          </label>
        ))}
      </fieldset>
      <div className="grid gap-4 sm:grid-cols-2">
        <NumberField
          id={`${id}-pages`}
          label="Pages at most"
          value={pages}
          read={maxPages}
          hint="Of each domain that runs again."
          onChange={setPages}
        />
        <NumberField
          id={`${id}-at-once`}
          label="At once"
          value={atOnce}
          read={maxConcurrent}
          hint="Domains of the batch."
          onChange={setAtOnce}
        />
      </div>
      {again.isError ? <ErrorCard error={again.error} /> : null}
    </FormDialog>
  );
}
