"use client";

import { useId, useState } from "react";
import { useAct } from "#trpc/use-act.ts";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { InvitedWords } from "./invited-words.tsx";
import { PROFILES_KEY } from "./profile-queries.ts";
import { RoleField } from "./role-field.tsx";

/** Makes somebody a member, and says how they come in. */
export default function InviteDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const id = useId();
  const [form, setForm] = useState({ email: "", name: "", role: "viewer" });
  const invite = useAct(PROFILES_KEY, ({ profiles }, input: typeof form) =>
    profiles.invite.mutate(input),
  );
  const change = (patch: Partial<typeof form>): void => {
    if (invite.isError) invite.reset();
    setForm({ ...form, ...patch });
  };
  if (invite.data) {
    return (
      <FormDialog
        open={open}
        onClose={onClose}
        title={`${invite.data.email} was invited`}
        send="Invite somebody else"
        ready
        onSend={() => {
          invite.reset();
          setForm({ email: "", name: "", role: form.role });
        }}
      >
        <InvitedWords invited={invite.data} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="Invite a colleague"
      send="Invite"
      ready={form.email.includes("@") && !invite.isPending}
      onSend={() => invite.mutate(form)}
    >
      <Field label="E-mail" htmlFor={`${id}-email`}>
        <Input
          id={`${id}-email`}
          type="email"
          autoComplete="off"
          autoFocus
          required
          maxLength={254}
          value={form.email}
          onChange={({ target }) => change({ email: target.value })}
        />
      </Field>
      <Field label="Name" htmlFor={`${id}-name`} hint="They can change it.">
        <Input
          id={`${id}-name`}
          autoComplete="off"
          dir="auto"
          maxLength={200}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
          aria-describedby={`${id}-name-hint`}
        />
      </Field>
      <RoleField id={`${id}-role`} value={form.role} onChange={(role) => change({ role })} />
      {invite.isError ? <ErrorCard error={invite.error} /> : null}
    </FormDialog>
  );
}
