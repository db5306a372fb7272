"use client";

import type { Profile } from "@scrapersky/api/contract";
import { PROFILE_LIST } from "@scrapersky/api/lists";
import { formatDay } from "#format/time.ts";
import type { ListLabels } from "#list/list-labels.ts";
import { ListPage } from "#list/list-page.tsx";
import { useMe } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Table, type Column } from "#ui/table.tsx";

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

const LABELS: ListLabels<typeof PROFILE_LIST> = {
  one: "person",
  filters: {
    active: {
      by: "access",
      looks: {
        yes: { word: "Active", tone: "complete" },
        no: { word: "Ended", tone: "cancelled" },
      },
    },
  },
};

/** The people of the tenant. */
export function ProfilesView() {
  const me = useMe();
  return (
    <ListPage
      list={PROFILE_LIST}
      labels={LABELS}
      title="Profiles"
      state={`People of ${me.tenant.name}.`}
      moves={false}
      rowKey={({ id }) => id}
      table={(people) => (
        <Table label="Profiles" columns={columnsOf(me.id)} rows={people} rowKey={({ id }) => id} />
      )}
      empty={<EmptyState title="Nobody is here yet" />}
    />
  );
}
