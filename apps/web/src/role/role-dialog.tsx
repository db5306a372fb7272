"use client";

import type { Role } from "@scrapersky/api/contract";
import { useId, useState } from "react";
import { RBAC_KEY } from "#profile/profile-queries.ts";
import { useMe } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Field, Input } from "#ui/field.tsx";
import { FormDialog } from "#ui/form-dialog.tsx";
import { ErrorCard } from "#ui/states.tsx";

/** Makes a role, or changes one: its name, its description, and what it may. */
export default function RoleDialog({ role, onClose }: { role: Role | null; onClose: () => void }) {
  const id = useId();
  const own = useMe().permissions.filter((name) => !name.startsWith("platform:"));
  // Nobody gives what they lack; what a role has already it may keep.
  const rights = [...new Set([...own, ...(role?.permissions ?? [])])].toSorted();
  const [form, setForm] = useState({
    name: role?.name ?? "",
    description: role?.description ?? "",
    permissions: role?.permissions ?? ([] as string[]),
  });
  const save = useAct(
    RBAC_KEY,
    ({ rbac }) =>
      role === null
        ? rbac.createRole.mutate(form)
        : rbac.updateRole.mutate({ roleId: role.id, patch: form }),
    onClose,
  );
  const change = (patch: Partial<typeof form>): void => setForm({ ...form, ...patch });
  return (
    <FormDialog
      open
      onClose={onClose}
      title={role === null ? "New role" : `Change the role “${role.name}”`}
      send={role === null ? "Create role" : "Change it everywhere"}
      ready={form.name.trim() !== "" && !save.isPending}
      onSend={() => save.mutate(undefined)}
    >
      <Field label="Name" htmlFor={`${id}-name`}>
        <Input
          id={`${id}-name`}
          dir="auto"
          maxLength={100}
          disabled={role?.standard === true}
          value={form.name}
          onChange={({ target }) => change({ name: target.value })}
        />
      </Field>
      <Field label="Description" htmlFor={`${id}-description`}>
        <Input
          id={`${id}-description`}
          dir="auto"
          maxLength={300}
          value={form.description}
          onChange={({ target }) => change({ description: target.value })}
        />
      </Field>
      <fieldset>
        <legend className="mb-1.5 font-medium">It may</legend>
        <div className="grid max-h-56 gap-x-4 overflow-y-auto sm:grid-cols-2">
          {rights.map((name) => (
            <label key={name} className="flex min-h-8 items-center gap-2 pointer-coarse:min-h-11">
              <input
                type="checkbox"
                checked={form.permissions.includes(name)}
                onChange={({ target }) =>
                  change({
                    permissions: target.checked
                      ? [...form.permissions, name]
                      : form.permissions.filter((one) => one !== name),
                  })
                }
              />
              {name}
            </label>
          ))}
        </div>
      </fieldset>
      {save.isError ? <ErrorCard error={save.error} /> : null}
    </FormDialog>
  );
}
