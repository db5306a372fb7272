"use client";

import { TENANT_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { InvitedWords } from "#profile/invited-words.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { TENANTS_KEY } from "./tenant-queries.ts";

/** Makes a tenant with its first owner, and says how they come in. */
export default function NewTenantDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const id = useId();
  const [form, setForm] = useState({ name: "", ownerEmail: "" });
  const create = useAct(TENANTS_KEY, ({ tenants }) => tenants.create.mutate(form));
  const change = (patch: Partial<typeof form>): void => {
    if (create.isError) create.reset();
    setForm({ ...form, ...patch });
  };
  if (create.data) {
    return (
      <FormDialog
        open={open}
        onClose={onClose}
        title={`“${create.data.name}” was made`}
        send="Done"
        ready
        onSend={onClose}
      >
        <p>Its address: /t/{create.data.slug}</p>
        {create.data.owner === null ? null : <InvitedWords invited={create.data.owner} />}
      </FormDialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="New tenant"
      send="Create tenant"
      ready={form.name.trim() !== "" && form.ownerEmail.includes("@") && !create.isPending}
      onSend={() => create.mutate(undefined)}
    >
      <Field label="Name" htmlFor={`${id}-name`}>
        <Input
          id={`${id}-name`}
          autoFocus
          autoComplete="off"
          dir="auto"
          maxLength={TENANT_NAME_LENGTH_MAX}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Field>
      <Field label="E-mail of its owner" htmlFor={`${id}-owner`} hint="They invite the others.">
        <Input
          id={`${id}-owner`}
          type="email"
          autoComplete="off"
          maxLength={254}
          value={form.ownerEmail}
          onChange={({ target }) => change({ ownerEmail: target.value })}
          aria-describedby={`${id}-owner-hint`}
        />
      </Field>
      {create.isError ? <ErrorCard error={create.error} /> : null}
    </FormDialog>
  );
}
