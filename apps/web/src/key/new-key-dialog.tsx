"use client";

import { KEY_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useId, useState } from "react";
import { useMe } from "#shell/me.tsx";
import { useMade } from "#trpc/use-made.ts";
import { Field, Input, INPUT_CLASS } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { MadeKey } from "./made-key.tsx";

const DAY_MS = 86_400_000;
const LIVES = [
  { days: 0, words: "When it is revoked" },
  { days: 30, words: "In 30 days" },
  { days: 90, words: "In 90 days" },
  { days: 365, words: "In a year" },
];

/** Makes a key with rights that its maker has. */
export default function NewKeyDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const id = useId();
  const rights = useMe().permissions.filter((name) => !name.startsWith("platform:"));
  const [form, setForm] = useState({
    name: "",
    holder: "service" as "me" | "service",
    days: 90,
    scopes: rights.filter((name) => name.endsWith(":read") && name !== "contacts:read"),
  });
  const create = useMade(
    ["keys"],
    ({ keys }) => {
      const { days, ...asked } = form;
      const expiresAt = days === 0 ? null : new Date(Date.now() + days * DAY_MS).toISOString();
      return keys.create.mutate({ ...asked, expiresAt });
    },
    onClose,
  );
  const change = (patch: Partial<typeof form>): void => setForm({ ...form, ...patch });
  if (create.data) {
    return (
      <FormDialog
        open={open}
        onClose={create.leave}
        title={`The key “${form.name}” was made`}
        send="Done"
        ready
        onSend={create.leave}
      >
        <MadeKey made={create.data} />
      </FormDialog>
    );
  }
  return (
    <FormDialog
      open={open}
      onClose={onClose}
      title="New key"
      send="Create key"
      ready={form.name.trim() !== "" && form.scopes.length > 0 && !create.isPending}
      onSend={() => create.mutate()}
    >
      <Field label="Name" htmlFor={`${id}-name`} hint="Such as what the program does.">
        <Input
          id={`${id}-name`}
          autoFocus
          dir="auto"
          maxLength={KEY_NAME_LENGTH_MAX}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
          aria-describedby={`${id}-name-hint`}
        />
      </Field>
      <div className="grid gap-4 sm:grid-cols-2">
        <Field label="Acts as" htmlFor={`${id}-holder`}>
          <select
            id={`${id}-holder`}
            value={form.holder}
            onChange={({ target }) => change({ holder: target.value as typeof form.holder })}
            className={INPUT_CLASS}
          >
            <option value="service">A service account</option>
            <option value="me">Me</option>
          </select>
        </Field>
        <Field label="Ends" htmlFor={`${id}-life`}>
          <select
            id={`${id}-life`}
            value={form.days}
            onChange={({ target }) => change({ days: Number(target.value) })}
            className={INPUT_CLASS}
          >
            {LIVES.map(({ days, words }) => (
              <option key={days} value={days}>
                {words}
              </option>
            ))}
          </select>
        </Field>
      </div>
      <fieldset>
        <legend className="mb-1.5 font-medium">It may</legend>
        <div className="grid max-h-60 gap-x-4 overflow-y-auto rounded-md border border-line px-3 py-1 sm:grid-cols-2">
          {rights.map((name) => (
            <label key={name} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
              <input
                type="checkbox"
                checked={form.scopes.includes(name)}
                onChange={({ target }) =>
                  change({
                    scopes: target.checked
                      ? [...form.scopes, name]
                      : form.scopes.filter((one) => one !== name),
                  })
                }
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      {create.isError ? <ErrorCard error={create.error} /> : null}
    </FormDialog>
  );
}
