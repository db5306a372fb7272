"use client";

import type { TenantShown } from "@scrapersky/api/contract";
import { TENANT_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { useAct } from "#trpc/use-act.ts";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { TENANTS_KEY } from "./tenant-queries.ts";

/** Gives a tenant another name. */
export default function RenameTenantDialog({
  tenant: { tenantId, name: before, slug },
  onClose,
}: {
  tenant: TenantShown;
  onClose: () => void;
}) {
  const id = useId();
  const [name, setName] = useState(before);
  const rename = useAct(
    TENANTS_KEY,
    ({ tenants }) => tenants.rename.mutate({ tenantId, name }),
    onClose,
  );
  return (
    <FormDialog
      open
      onClose={onClose}
      title={`Rename “${before}”`}
      send="Rename"
      ready={name.trim() !== "" && name.trim() !== before && !rename.isPending}
      onSend={() => rename.mutate(undefined)}
    >
      <Field label="Name" htmlFor={id} hint={`Its address stays: /t/${slug}`}>
        <Input
          id={id}
          autoFocus
          dir="auto"
          maxLength={TENANT_NAME_LENGTH_MAX}
          value={name}
          onChange={({ target }) => setName(target.value)}
          aria-describedby={`${id}-hint`}
        />
      </Field>
      {rename.isError ? <ErrorCard error={rename.error} /> : null}
    </FormDialog>
  );
}
