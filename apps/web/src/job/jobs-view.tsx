"use client";

import { ListPage } from "#list/list-page.tsx";
import { usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { EmptyState } from "#ui/states.tsx";
import { JOBS } from "./job-list-view.tsx";

/** All jobs of the tenant, what moves first. */
export function JobsView() {
  const path = usePath();
  return (
    <ListPage
      view={JOBS}
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
  );
}
