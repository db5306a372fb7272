"use client";

import { TENANT_GRACE_DAYS, TENANT_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";

/** Asks for the name of a tenant, letter by letter, before it is deleted. */
export function NamedDeletion({
  name,
  busy,
  error,
  onDelete,
  onClose,
}: {
  name: string;
  busy: boolean;
  error: unknown;
  onDelete: (typed: string) => void;
  onClose: () => void;
}) {
  const id = useId();
  const [typed, setTyped] = useState("");
  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Delete “${name}”?`}
      send="Delete the tenant"
      variant="danger"
      ready={typed.trim() === name.trim() && !busy}
      onSend={() => onDelete(typed)}
    >
      <p className="text-muted">
        It is switched off now. For {TENANT_GRACE_DAYS} days whoever runs the product can take that
        back; then its people, batches, leads and everything else of it are removed for good. Its
        audit log stays.
      </p>
      <Field label="Type its name" htmlFor={id} hint={name}>
        <Input
          id={id}
          autoFocus
          autoComplete="off"
          dir="auto"
          maxLength={TENANT_NAME_LENGTH_MAX}
          value={typed}
          onChange={({ target }) => setTyped(target.value)}
          aria-describedby={`${id}-hint`}
        />
      </Field>
      {error === null ? null : <ErrorCard error={error} />}
    </FormDialog>
  );
}
