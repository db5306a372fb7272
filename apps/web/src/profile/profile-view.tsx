"use client";

import type { Invited, Profile } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useMay, useMe, usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Facts } from "#ui/facts.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard, Skeleton } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { accessOf } from "./access.ts";
import { InvitedWords } from "./invited-words.tsx";
import { ProfileActs } from "./profile-acts.tsx";
import { profileQuery } from "./profile-queries.ts";
import { RolesOf } from "./roles-of.tsx";

/** One person of the tenant: who it is, and what may be changed of them. */
export function ProfileView({ profileId }: { profileId: string }) {
  const query = useQuery(profileQuery(useApi(), profileId));
  if (query.data === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <div role="status" className="late">
        <span className="sr-only">Loading the person</span>
        <Skeleton className="h-6 w-64" />
      </div>
    );
  }
  return <ProfileShown profile={query.data} />;
}

function ProfileShown({ profile }: { profile: Profile }) {
  const path = usePath();
  const me = useMe();
  const mayWrite = useMay("profiles:write") && profile.id !== me.id;
  const [invited, setInvited] = useState<Invited | null>(null);
  const [problem, setProblem] = useState<unknown>(null);
  return (
    <>
      <PageHeader
        back={{ href: path("/profiles"), label: "Profiles" }}
        title={<span dir="auto">{profile.name ?? profile.email ?? "No name"}</span>}
        state={<Looking look={accessOf(profile)} still />}
        action={
          <>
            {mayWrite ? (
              <ProfileActs profile={profile} onInvited={setInvited} onError={setProblem} />
            ) : null}
            <CallLater
              rest={`/profiles/${profile.id}`}
              procedure="profiles.byId"
              input={{ profileId: profile.id }}
            />
          </>
        }
      />
      {problem === null ? null : <ErrorCard error={problem} className="mb-3" />}
      {invited === null ? null : (
        <Panel className="mb-3 p-4 text-sm">
          <InvitedWords invited={invited} />
        </Panel>
      )}
      <div className="grid grid-cols-1 gap-6 lg:grid-cols-2">
        <Panel>
          <Facts
            facts={[
              { label: "E-mail", value: profile.email },
              { label: "Role here", value: profile.tenantRole },
              { label: "Bio", value: profile.bio },
              {
                label: "Since",
                value: profile.createdAt === null ? undefined : <Ago at={profile.createdAt} />,
              },
            ]}
          />
        </Panel>
        <RolesOf key={profile.tenantRole} profile={profile} />
      </div>
    </>
  );
}
