"use client";

import type { Role } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { rolesQuery } from "#profile/profile-queries.ts";
import { useApi } from "#trpc/client.tsx";
import { Answered } from "#ui/answered.tsx";
import { Tag } from "#ui/facts.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";

/** What each role may do, and how many have it here. */
export function RolesView() {
  return (
    <>
      <PageHeader title="Roles" state={<RoleState />} />
      <RoleList />
    </>
  );
}

/** "7 roles, the same in every tenant · 3 that nobody has here". */
function RoleState() {
  const { data = [] } = useQuery(rolesQuery(useApi()));
  const unused = data.filter(({ people }) => people === 0).length;
  return (
    <span className="block min-h-5">
      {data.length === 0 ? null : `${countOf(data.length, "role")}, the same in every tenant`}
      {unused === 0 ? null : ` · ${formatCount(unused)} that nobody has here`}
    </span>
  );
}

/** Every role, with what can be done to it where something can. */
export function RoleList({ acts }: { acts?: (role: Role) => ReactNode }) {
  const query = useQuery(rolesQuery(useApi()));
  return (
    <Answered query={query}>
      {(roles) =>
        roles.length === 0 ? (
          <EmptyState title="There are no roles" />
        ) : (
          <ul className="space-y-4">
            {roles.map((role) => (
              <RoleShown key={role.id} role={role} acts={acts?.(role)} />
            ))}
          </ul>
        )
      }
    </Answered>
  );
}

function RoleShown({
  role: { name, description, people, permissions },
  acts,
}: {
  role: Role;
  acts?: ReactNode;
}) {
  return (
    <li>
      <Panel className="p-4">
        <div className="flex flex-wrap items-baseline gap-x-3">
          <h2 className="text-base font-medium first-letter:uppercase">{name}</h2>
          <p className="text-sm text-muted">{description}</p>
          <p className="ml-auto text-sm text-muted">{countOf(people, "person", "people")}</p>
        </div>
        <div className="mt-3 flex flex-wrap gap-1.5">
          {permissions.map((permission) => (
            <Tag key={permission}>{permission}</Tag>
          ))}
        </div>
        {acts === undefined ? null : <div className="mt-3 flex flex-wrap gap-2">{acts}</div>}
      </Panel>
    </li>
  );
}
