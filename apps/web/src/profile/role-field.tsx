"use client";

import { useQuery } from "@tanstack/react-query";
import { useApi } from "#trpc/client.tsx";
import { Field, INPUT_CLASS } from "#ui/field.tsx";
import { rolesQuery } from "./profile-queries.ts";

/** One of the roles that the reader may give. */
export function RoleField({
  id,
  value,
  onChange,
}: {
  id: string;
  value: string;
  onChange: (role: string) => void;
}) {
  const { data = [] } = useQuery(rolesQuery(useApi()));
  const chosen = data.find(({ name }) => name === value);
  return (
    <Field label="Role" htmlFor={id} hint={chosen?.description ?? "What the person may do here"}>
      <select
        id={id}
        value={value}
        onChange={({ target }) => onChange(target.value)}
        aria-describedby={`${id}-hint`}
        className={`${INPUT_CLASS} capitalize`}
      >
        {data
          .filter(({ grantable, name }) => grantable || name === value)
          .map(({ name }) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
      </select>
    </Field>
  );
}
