"use client";

import type { Profile } from "@scrapersky/api/contract";
import { PROFILE_LIST } from "@scrapersky/api/lists";
import { formatDay } from "#format/time.ts";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { useMe } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import type { Column } from "#ui/table.tsx";

const COLUMNS: Column<Profile>[] = [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ id, name, email }) => (
      <span className="block truncate font-medium">
        {name ?? email ?? "No name"}
        <You id={id} />
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

function You({ id }: { id: string }) {
  return useMe().id === id ? <span className="font-normal text-muted"> (you)</span> : null;
}

const PEOPLE: ListView<typeof PROFILE_LIST> = {
  list: PROFILE_LIST,
  labels: {
    one: "person",
    many: "people",
    filters: {
      active: {
        by: "access",
        looks: {
          yes: { word: "Active", tone: "complete" },
          no: { word: "Ended", tone: "cancelled" },
        },
        inSight: true,
      },
    },
  },
  title: "Profiles",
  rowKey: ({ id }) => id,
  columns: COLUMNS,
  moves: false,
};

/** The people of the tenant. */
export function ProfilesView() {
  const me = useMe();
  return (
    <ListPage
      view={PEOPLE}
      state={`People of ${me.tenant.name}.`}
      empty={<EmptyState title="Nobody is here yet" />}
    />
  );
}
