"use client";

import type { BatchDeleted, BatchSummary } from "@scrapersky/api/contract";
import { useId, useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { useBatchAct } from "./use-batch-act.ts";

/** Jobs above which the number is typed: nobody deletes that much by one click too many. */
const TYPED_OVER = 1_000;

/** Asks once, then deletes a batch with its jobs; it can be taken back for ten seconds. */
export function DeleteDialog({
  batch,
  open,
  onClose,
  onDeleted,
}: {
  batch: BatchSummary;
  open: boolean;
  onClose: () => void;
  onDeleted: (deleted: BatchDeleted) => void;
}) {
  const { batchId, total } = batch;
  const id = useId();
  const [typed, setTyped] = useState("");
  const remove = useBatchAct(
    ({ batches }) => batches.delete.mutate({ batchId }),
    (deleted: BatchDeleted) => {
      onClose();
      onDeleted(deleted);
    },
  );
  const isTyped = total <= TYPED_OVER || typed.replaceAll(/\D/g, "") === String(total);
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Delete this batch?"
      send={`Delete batch of ${countOf(total, "domain")}`}
      variant="danger"
      ready={isTyped && !remove.isPending}
      onSend={() => remove.mutate(undefined)}
    >
      <p className="text-muted">
        The batch, its list, its jobs and their attempts go. Leads, pages and contacts that it found
        stay. You can take it back for ten seconds.
      </p>
      {total <= TYPED_OVER ? null : (
        <Field label={`Type ${formatCount(total)} to go on`} htmlFor={id}>
          <Input
            id={id}
            inputMode="numeric"
            autoComplete="off"
            value={typed}
            onChange={(event) => setTyped(event.target.value)}
            className="tabular-nums"
          />
        </Field>
      )}
      {remove.isError ? <ErrorCard error={remove.error} /> : null}
    </FormDialog>
  );
}
