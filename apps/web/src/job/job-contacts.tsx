"use client";

import { useQuery } from "@tanstack/react-query";
import { leadQuery } from "#lead/lead-queries.ts";
import { ReachPanel } from "#lead/reach-panel.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { useApi } from "#trpc/client.tsx";

/** How the business of a job is reached, as far as is known by now. */
export function JobContacts({ domainId }: { domainId: string }) {
  const { data: lead } = useQuery(leadQuery(useApi(), domainId));
  if (lead === undefined) return null;
  return (
    <>
      <SectionHeading
        title="Contacts"
        note={lead.business.name === null ? undefined : <bdi>{lead.business.name}</bdi>}
      />
      <ReachPanel lead={lead} />
    </>
  );
}
