"use client";

import { ListPage } from "#list/list-page.tsx";
import { useMay, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { EmptyState } from "#ui/states.tsx";
import { LEADS } from "./lead-list-view.tsx";

/** What scans found: one row a business. */
export function LeadsView() {
  const path = usePath();
  const newBatch = useMay("batches:create") ? (
    <ButtonLink href={path("/batches/new")} variant="primary">
      New batch
    </ButtonLink>
  ) : undefined;
  return (
    <ListPage
      view={LEADS}
      empty={
        <EmptyState title="No leads yet" action={newBatch}>
          Every site that is read becomes one: its name, e-mails, phones, town and technology.
        </EmptyState>
      }
    />
  );
}
