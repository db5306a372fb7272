"use client";

import type { Profile } from "@scrapersky/api/contract";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ListFrame } from "#list/list-frame.tsx";
import { Pager } from "#list/pager.tsx";
import { useListAddress } from "#list/use-list-address.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { useMe } from "#shell/me.tsx";
import { formatDay } from "#format/time.ts";
import { Button } from "#ui/button.tsx";
import { Unseen } from "#ui/facts.tsx";
import { FilterChip } from "#ui/filters.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Table, type Column } from "#ui/table.tsx";
import { useApi } from "#trpc/client.tsx";
import { profileListInputOf } from "./profile-list-input.ts";
import { profileListQuery } from "./profile-queries.ts";

const columnsOf = (meId: string): Column<Profile>[] => [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ id, name, email }) => (
      <span className="block truncate font-medium">
        {name ?? email ?? "No name"}
        {id === meId ? <span className="font-normal text-muted"> (you)</span> : null}
      </span>
    ),
  },
  {
    key: "email",
    header: "E-mail",
    narrow: "meta",
    width: "w-72",
    cell: ({ email }) =>
      email === null ? <Unseen /> : <span className="text-muted">{email}</span>,
  },
  {
    key: "role",
    header: "Role here",
    narrow: "aside",
    width: "w-32",
    cell: ({ tenantRole }) =>
      tenantRole === null ? (
        <Unseen />
      ) : (
        <span className="first-letter:uppercase inline-block">{tenantRole}</span>
      ),
  },
  {
    key: "active",
    header: "Access",
    narrow: "meta",
    width: "w-28",
    cell: ({ active }) => (
      <span className="inline-flex items-center gap-1.5 align-top">
        <ToneIcon tone={active ? "complete" : "cancelled"} />
        {active ? "Active" : "Ended"}
      </span>
    ),
  },
  {
    key: "since",
    header: "Since",
    narrow: "hidden",
    align: "right",
    width: "w-32",
    cell: ({ createdAt }) =>
      createdAt === null ? <Unseen /> : <span className="text-muted">{formatDay(createdAt)}</span>,
  },
];

const CHOICES = [
  { value: "yes", word: "Active", tone: "complete" },
  { value: "no", word: "Ended", tone: "cancelled" },
] as const;

/** The people of the tenant. */
export function ProfilesView() {
  const api = useApi();
  const me = useMe();
  const address = useListAddress();
  const input = profileListInputOf(address.params);
  const query = useQuery({
    ...profileListQuery(api, input),
    placeholderData: keepPreviousData,
  });
  useReportFreshness(query.isError ? "reconnecting" : "still", query.dataUpdatedAt);
  const chosen = address.params.get("active");
  const rows = query.data?.items ?? [];
  return (
    <>
      <PageHeader title="Profiles" state={`People of ${me.tenant.name}.`} />
      <div role="group" aria-label="Filter by access" className="mb-3 flex flex-wrap gap-2">
        {CHOICES.map(({ value, word, tone }) => (
          <FilterChip
            key={value}
            pressed={chosen === value}
            onPress={() => address.filter({ active: chosen === value ? null : value })}
          >
            <ToneIcon tone={tone} />
            {word}
          </FilterChip>
        ))}
      </div>
      <ListFrame
        query={query}
        count={rows.length}
        arrived={0}
        onAccept={() => undefined}
        pager={
          <Pager
            address={address}
            nextCursor={query.data?.nextCursor ?? null}
            words={{ newer: "Previous", older: "Next" }}
          />
        }
        empty={
          <EmptyState
            title="Nobody matches this filter"
            action={
              <Button onClick={() => address.filter({ active: null })}>Clear the filter</Button>
            }
          />
        }
      >
        <Table label="Profiles" columns={columnsOf(me.id)} rows={rows} rowKey={({ id }) => id} />
      </ListFrame>
    </>
  );
}
