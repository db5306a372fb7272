"use client";

import { LABEL_LENGTH_MAX } from "@scrapersky/api/wire";
import type { BatchSummary } from "@scrapersky/api/contract";
import { useId, useState } from "react";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { batchName } from "./batch-words.ts";
import { useBatchAct } from "./use-batch-act.ts";

/** Gives a batch another label; what somebody else wrote meanwhile is not written over. */
export function RenameDialog({
  batch,
  open,
  onClose,
}: {
  batch: BatchSummary;
  open: boolean;
  onClose: () => void;
}) {
  const { batchId, renamedAt } = batch;
  const id = useId();
  const [label, setLabel] = useState(batch.label ?? "");
  const rename = useBatchAct(
    ({ batches }, wanted: string) =>
      batches.rename.mutate({ batchId, label: wanted, expectedRenamedAt: renamedAt }),
    onClose,
  );
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Rename the batch"
      send="Rename"
      ready={!rename.isPending}
      onSend={() => rename.mutate(label)}
    >
      <Field
        label="Label"
        htmlFor={id}
        hint={`Left empty, it is called ${batchName({ ...batch, label: null })}.`}
      >
        <Input
          id={id}
          value={label}
          maxLength={LABEL_LENGTH_MAX}
          aria-describedby={`${id}-hint`}
          onChange={(event) => setLabel(event.target.value)}
          autoFocus
        />
      </Field>
      {rename.isError ? <ErrorCard error={rename.error} /> : null}
    </FormDialog>
  );
}
