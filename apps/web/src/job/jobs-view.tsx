"use client";

import { useListAddress } from "#list/use-list-address.ts";
import { usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { JobList } from "./job-list.tsx";

/** All jobs of the tenant, newest first. */
export function JobsView() {
  const address = useListAddress();
  const path = usePath();
  return (
    <>
      <PageHeader title="Jobs" state="Every visit to one domain, newest first." />
      <JobList
        address={address}
        empty={
          <EmptyState
            title="No jobs yet"
            action={
              <ButtonLink href={path("/batches/new")} variant="primary">
                New batch
              </ButtonLink>
            }
          >
            A batch makes one job per domain.
          </EmptyState>
        }
      />
    </>
  );
}
