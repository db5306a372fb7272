"use client";

import type { Role } from "@scrapersky/api/contract";
import { Suspense, useState } from "react";
import { RBAC_KEY } from "#profile/profile-queries.ts";
import { useAct } from "#trpc/use-act.ts";
import { Button } from "#ui/button.tsx";
import { ConfirmDialog } from "#ui/confirm-dialog.tsx";
import { late } from "#ui/late.ts";
import { dialogButton } from "#ui/lazy-button.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { RoleList } from "./roles-view.tsx";

const NewRoleButton = dialogButton(() => import("./new-role-dialog.tsx"));
const RoleDialog = late(() => import("./role-dialog.tsx"));

/** Roles for whoever runs the product, who alone changes them. */
export function AllRolesView() {
  return (
    <>
      <PageHeader
        title="Roles of all tenants"
        state="A change holds in every tenant, within a second. People are counted in yours."
        action={<NewRoleButton variant="primary">New role</NewRoleButton>}
      />
      <RoleList acts={(role) => <RoleActs role={role} />} />
    </>
  );
}

function RoleActs({ role }: { role: Role }) {
  const [asked, setAsked] = useState<"change" | "delete" | null>(null);
  const close = (): void => setAsked(null);
  const remove = useAct(RBAC_KEY, ({ rbac }) => rbac.deleteRole.mutate({ roleId: role.id }), close);
  if (role.name === "owner")
    return <p className="text-sm text-muted">An owner may do all of it.</p>;
  return (
    <>
      <Button onClick={() => setAsked("change")}>Change…</Button>
      {role.standard ? null : <Button onClick={() => setAsked("delete")}>Delete…</Button>}
      <Suspense>{asked === "change" ? <RoleDialog role={role} onClose={close} /> : null}</Suspense>
      <ConfirmDialog
        open={asked === "delete"}
        onClose={close}
        title={`Delete the role “${role.name}”?`}
        confirm="Delete role"
        keep="Keep it"
        busy={remove.isPending}
        onConfirm={() => remove.mutate(undefined)}
      >
        <p>It goes in every tenant. A role that somebody has is kept.</p>
        {remove.isError ? <ErrorCard error={remove.error} className="mt-3" /> : null}
      </ConfirmDialog>
    </>
  );
}
