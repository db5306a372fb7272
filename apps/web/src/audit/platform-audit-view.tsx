"use client";

import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { Pager } from "#list/pager.tsx";
import { useApi } from "#trpc/client.tsx";
import { Answered } from "#ui/answered.tsx";
import { FilterChip } from "#ui/filter-chip.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Panel, Table } from "#ui/table.tsx";
import { AUDIT_COLUMNS, OUTCOMES } from "./audit-columns.tsx";
import { type PlatformAuditAsked, platformAuditQuery } from "./platform-audit-query.ts";

type Outcome = keyof typeof OUTCOMES;

/** What was done to no tenant, for whoever runs the product. */
export function PlatformAuditView() {
  const [asked, setAsked] = useState<PlatformAuditAsked>({});
  const query = useQuery(platformAuditQuery(useApi(), asked));
  return (
    <>
      <PageHeader
        title="Audit"
        state="What was done to no tenant, and sign-ins with addresses that nobody has."
      />
      <div className="mb-3 flex flex-wrap gap-2">
        {Object.entries(OUTCOMES).map(([name, { word }]) => {
          const pressed = asked.outcome?.includes(name as Outcome) === true;
          return (
            <FilterChip
              key={name}
              pressed={pressed}
              onPress={() => setAsked(pressed ? {} : { outcome: [name as Outcome] })}
            >
              {word}
            </FilterChip>
          );
        })}
      </div>
      <Answered query={query}>
        {(page) => (
          <>
            <Panel>
              {page.items.length === 0 ? (
                <EmptyState title="Nothing has happened yet" />
              ) : (
                <Table
                  label="Audit"
                  columns={AUDIT_COLUMNS}
                  rows={page.items}
                  rowKey={({ auditId }) => auditId}
                />
              )}
            </Panel>
            <Pager page={page} onTurn={(cursor) => setAsked({ ...asked, cursor })} isNewest />
          </>
        )}
      </Answered>
    </>
  );
}
