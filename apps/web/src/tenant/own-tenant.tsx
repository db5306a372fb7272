"use client";

import { TENANT_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useRouter } from "next/navigation";
import { useState } from "react";
import { useMe } from "#shell/me.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { NamedDeletion } from "./named-deletion.tsx";
import { TENANTS_KEY } from "./tenant-queries.ts";

/** What owners change of the tenant that they are in. */
export default function OwnTenant() {
  const { tenant } = useMe();
  const router = useRouter();
  const [name, setName] = useState(tenant.name);
  const [isDeleting, setDeleting] = useState(false);
  const rename = useAct(
    TENANTS_KEY,
    ({ tenants }) => tenants.renameOwn.mutate({ name }),
    () => router.refresh(),
  );
  const remove = useAct(
    TENANTS_KEY,
    ({ tenants }, typed: string) => tenants.deleteOwn.mutate({ name: typed }),
    () => router.push("/"),
  );
  return (
    <>
      <SectionHeading title="This tenant" />
      <form
        onSubmit={(event) => {
          event.preventDefault();
          rename.mutate(undefined);
        }}
      >
        <Field
          label="Name of the tenant"
          htmlFor="tenant-name"
          hint="As everybody in it reads it. Its address stays."
        >
          <div className="flex flex-wrap gap-2">
            <Input
              id="tenant-name"
              dir="auto"
              autoComplete="organization"
              maxLength={TENANT_NAME_LENGTH_MAX}
              value={name}
              onChange={({ target }) => setName(target.value)}
              aria-describedby="tenant-name-hint"
              className="min-w-48 flex-1"
            />
            <Button type="submit" disabled={rename.isPending || name.trim() === tenant.name}>
              Rename
            </Button>
            <Button onClick={() => setDeleting(true)}>Delete the tenant…</Button>
          </div>
        </Field>
        {rename.isError ? <ErrorCard error={rename.error} className="mt-2" /> : null}
      </form>
      {isDeleting ? (
        <NamedDeletion
          name={tenant.name}
          busy={remove.isPending}
          error={remove.error}
          onDelete={remove.mutate}
          onClose={() => setDeleting(false)}
        />
      ) : null}
    </>
  );
}
