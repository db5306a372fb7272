"use client";

import { PERSON_NAME_LENGTH_MAX } from "@scrapersky/api/wire";
import { useRouter } from "next/navigation";
import { Suspense, useState } from "react";
import { useMay, useMe } from "#shell/me.tsx";
import { isZone } from "#shell/zone.ts";
import { useZone } from "#shell/zone-context.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { Field, Input, INPUT_CLASS } from "#ui/field.tsx";
import { late } from "#ui/late.ts";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { PasswordForm } from "./password-form.tsx";
import { SessionList } from "./session-list.tsx";

const OwnTenant = late(() => import("#tenant/own-tenant.tsx"));

/** What somebody changes of themselves, and an owner of the tenant. */
export function AccountView() {
  const mayTenant = useMay("tenants:write");
  const { email, tenant, role } = useMe();
  return (
    <div className="max-w-180">
      <PageHeader
        title="Your account"
        state={`${email ?? "No e-mail"} · ${role} of ${tenant.name}`}
      />
      <div className="grid gap-6 sm:grid-cols-2">
        <NameForm />
        <ZoneField />
      </div>
      <SectionHeading title="Password" />
      <PasswordForm />
      <SectionHeading title="Where you are signed in" />
      <SessionList />
      {mayTenant ? (
        <Suspense>
          <OwnTenant />
        </Suspense>
      ) : null}
    </div>
  );
}

function NameForm() {
  const me = useMe();
  const router = useRouter();
  const [name, setName] = useState(me.name ?? "");
  const save = useAct(
    ["profiles"],
    ({ profiles }) => profiles.updateMe.mutate({ name }),
    () => router.refresh(),
  );
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        save.mutate(undefined);
      }}
    >
      <Field label="Name" htmlFor="own-name">
        <div className="flex gap-2">
          <Input
            id="own-name"
            dir="auto"
            autoComplete="name"
            maxLength={PERSON_NAME_LENGTH_MAX}
            value={name}
            onChange={({ target }) => setName(target.value)}
          />
          <Button type="submit" disabled={save.isPending || name === (me.name ?? "")}>
            Save
          </Button>
        </div>
      </Field>
      {save.isError ? <ErrorCard error={save.error} className="mt-2" /> : null}
    </form>
  );
}

const OWN = "";

function ZoneField() {
  const { zone, own, choose } = useZone();
  const names = Intl.supportedValuesOf("timeZone").filter(isZone);
  return (
    <Field label="Time zone" htmlFor="own-zone" hint="Wherever you sign in.">
      <select
        id="own-zone"
        value={zone.isChosen ? zone.name : OWN}
        onChange={({ target }) => choose(target.value === OWN ? null : target.value)}
        aria-describedby="own-zone-hint"
        className={INPUT_CLASS}
      >
        <option value={OWN}>Of this place{own === null ? "" : ` (${own})`}</option>
        {["UTC", ...names.filter((name) => name !== "UTC")].map((name) => (
          <option key={name}>{name}</option>
        ))}
      </select>
    </Field>
  );
}
