"use client";

import type { Assignment, Profile } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { Field, INPUT_CLASS } from "#ui/field.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import { Exact } from "#ui/time.tsx";
import { assignmentsQuery, PROFILES_KEY } from "./profile-queries.ts";
import { RoleField } from "./role-field.tsx";

const DAY_MS = 86_400_000;
const TIMES = [
  { days: 0, words: "For good, in the place of the others" },
  { days: 1, words: "Besides, for a day" },
  { days: 7, words: "Besides, for a week" },
  { days: 30, words: "Besides, for 30 days" },
];

/** The roles of somebody, until when, and how they are changed. */
export function RolesOf({ profile }: { profile: Profile }) {
  const mayRead = useMay("rbac:read");
  const mayAssign = useMay("rbac:assign");
  if (!mayRead || profile.tenantRole === null) return null;
  return (
    <div className="max-w-md space-y-4">
      <Lent profileId={profile.id} />
      {mayAssign ? <GiveRole profile={profile} /> : null}
    </div>
  );
}

/** Roles that end by themselves; the one for good is told beside. */
function Lent({ profileId }: { profileId: string }) {
  const { data = [] } = useQuery(assignmentsQuery(useApi(), profileId));
  const lent = data.filter(({ until }) => until !== null);
  if (lent.length === 0) return null;
  return (
    <Panel>
      <ul className="divide-y divide-line text-sm">
        {lent.map((one) => (
          <LentRole key={one.role} profileId={profileId} assignment={one} />
        ))}
      </ul>
    </Panel>
  );
}

function LentRole({
  profileId,
  assignment: { role, until },
}: {
  profileId: string;
  assignment: Assignment;
}) {
  const mayAssign = useMay("rbac:assign");
  const end = useAct(PROFILES_KEY, ({ rbac }) => rbac.takeBack.mutate({ profileId, role }));
  return (
    <li className="flex flex-wrap items-center gap-x-2 px-4 py-2">
      <span>
        Also <span className="font-medium">{role}</span>
        {until === null ? null : (
          <>
            {" until "}
            <Exact at={until} />
          </>
        )}
      </span>
      {mayAssign ? (
        <Button
          variant="ghost"
          className="ml-auto"
          disabled={end.isPending}
          onClick={() => end.mutate(undefined)}
        >
          End it now
        </Button>
      ) : null}
      {end.isError ? <ErrorCard error={end.error} className="mt-2 basis-full" /> : null}
    </li>
  );
}

function GiveRole({ profile: { id: profileId, tenantRole } }: { profile: Profile }) {
  const [role, setRole] = useState(tenantRole ?? "");
  const [days, setDays] = useState(0);
  const give = useAct(PROFILES_KEY, async ({ rbac }) => {
    if (days === 0) await rbac.assign.mutate({ profileId, role });
    else {
      const until = new Date(Date.now() + days * DAY_MS).toISOString();
      await rbac.lend.mutate({ profileId, role, until });
    }
  });
  return (
    <form
      className="space-y-3"
      onSubmit={(event) => {
        event.preventDefault();
        give.mutate(undefined);
      }}
    >
      <RoleField id="role" value={role} onChange={setRole} />
      <Field label="How long" htmlFor="role-days">
        <select
          id="role-days"
          value={days}
          onChange={({ target }) => setDays(Number(target.value))}
          className={INPUT_CLASS}
        >
          {TIMES.map((time) => (
            <option key={time.days} value={time.days}>
              {time.words}
            </option>
          ))}
        </select>
      </Field>
      {give.isError ? <ErrorCard error={give.error} /> : null}
      <Button type="submit" disabled={role === tenantRole || give.isPending}>
        Change role
      </Button>
    </form>
  );
}
