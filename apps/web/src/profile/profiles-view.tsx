"use client";

import type { Profile } from "@scrapersky/api/contract";
import { PROFILE_LIST } from "@scrapersky/api/lists";
import { formatDay } from "#format/time.ts";
import { ListPage } from "#list/list-page.tsx";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { useMay, useMe } from "#shell/me.tsx";
import { Unseen } from "#ui/facts.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Looking } from "#ui/status.tsx";
import { dialogButton } from "#ui/lazy-button.tsx";
import type { Column } from "#ui/table.tsx";
import { accessOf, ACCESS } from "./access.ts";

const InviteButton = dialogButton(() => import("./invite-dialog.tsx"));

const COLUMNS: Column<Profile>[] = [
  {
    key: "name",
    header: "Name",
    narrow: "title",
    cell: ({ id, name, email }) => (
      <RowTo to={`/profiles/${id}`}>
        {name ?? email ?? "No name"}
        <You id={id} />
      </RowTo>
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
    cell: (profile) => <Looking look={accessOf(profile)} still />,
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
        looks: { yes: ACCESS.active, no: ACCESS.ended },
        inSight: true,
      },
    },
  },
  title: "Profiles",
  told: [{ filters: { active: false }, words: "without access" }],
  rowKey: ({ id }) => id,
  columns: COLUMNS,
  moves: false,
};

/** The people of the tenant. */
export function ProfilesView() {
  const invite = useMay("profiles:write") ? (
    <InviteButton variant="primary">Invite</InviteButton>
  ) : undefined;
  return (
    <ListPage view={PEOPLE} action={invite} empty={<EmptyState title="Nobody is here yet" />} />
  );
}
