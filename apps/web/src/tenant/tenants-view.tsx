"use client";

import type { TenantShown } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { formatDay } from "#format/time.ts";
import { useApi } from "#trpc/client.tsx";
import { Answered } from "#ui/answered.tsx";
import { FilterChip } from "#ui/filter-chip.tsx";
import { SearchField } from "#ui/filters.tsx";
import { dialogButton } from "#ui/lazy-button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { type Look, Looking } from "#ui/status.tsx";
import { type Column, Panel, Table } from "#ui/table.tsx";
import { TenantActs } from "./tenant-acts.tsx";
import { tenantsQuery } from "./tenant-queries.ts";

const NewTenantButton = dialogButton(() => import("./new-tenant-dialog.tsx"));

const STATES: Record<TenantShown["state"], Look> = {
  on: { word: "In use", tone: "complete" },
  off: { word: "Switched off", tone: "partial" },
  deleted: { word: "Deleted", tone: "cancelled" },
};

const COLUMNS: Column<TenantShown>[] = [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ name }) => (
      <span className="font-medium" dir="auto">
        {name}
      </span>
    ),
  },
  {
    key: "slug",
    header: "In addresses",
    narrow: "meta",
    width: "w-44",
    away: "lg:max-xl:hidden",
    cell: ({ slug }) => <span className="text-muted">{slug}</span>,
  },
  {
    key: "state",
    header: "State",
    narrow: "aside",
    width: "w-32",
    cell: ({ state }) => <Looking look={STATES[state]} still />,
  },
  {
    key: "people",
    header: "People",
    narrow: "hidden",
    align: "right",
    width: "w-20",
    cell: ({ people }) => <span className="figures">{people}</span>,
  },
  {
    key: "since",
    header: "Since",
    narrow: "hidden",
    align: "right",
    width: "w-28",
    away: "lg:max-xl:hidden",
    cell: ({ createdAt }) => <span className="text-muted">{formatDay(createdAt)}</span>,
  },
  {
    key: "acts",
    header: "Acts",
    narrow: "line",
    align: "right",
    width: "w-76",
    cell: (tenant) => <TenantActs tenant={tenant} />,
  },
];

/** Everybody's organisations, for whoever runs the product. */
export function TenantsView() {
  const [q, setSearch] = useState("");
  const [state, setState] = useState<TenantShown["state"]>();
  const query = useQuery(
    tenantsQuery(useApi(), { ...(q === "" ? {} : { q }), ...(state ? { state } : {}) }),
  );
  return (
    <>
      <PageHeader
        title="Tenants"
        state="Each is a customer of its own: nobody of one sees anything of another."
        action={<NewTenantButton variant="primary">New tenant</NewTenantButton>}
      />
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchField label="Name, address or id" value={q} onChange={setSearch} />
        {Object.entries(STATES).map(([name, { word }]) => (
          <FilterChip
            key={name}
            pressed={state === name}
            onPress={() => setState(state === name ? undefined : (name as TenantShown["state"]))}
          >
            {word}
          </FilterChip>
        ))}
      </div>
      <Answered query={query}>
        {({ tenants }) => (
          <Panel>
            {tenants.length === 0 ? (
              <EmptyState title="No tenant fits" />
            ) : (
              <Table
                label="Tenants"
                columns={COLUMNS}
                rows={tenants}
                rowKey={({ tenantId }) => tenantId}
              />
            )}
          </Panel>
        )}
      </Answered>
      {query.data?.more === true ? (
        <p className="mt-3 text-sm text-muted">
          There are more: say more of the name to find the others.
        </p>
      ) : null}
    </>
  );
}
