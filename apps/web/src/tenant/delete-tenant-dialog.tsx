"use client";

import type { TenantShown } from "@scrapersky/api/contract";
import { useAct } from "#trpc/use-act.ts";
import { NamedDeletion } from "./named-deletion.tsx";
import { TENANTS_KEY } from "./tenant-queries.ts";

/** Deletes a tenant, once its name was typed. */
export default function DeleteTenantDialog({
  tenant: { tenantId, name },
  onClose,
}: {
  tenant: TenantShown;
  onClose: () => void;
}) {
  const remove = useAct(
    TENANTS_KEY,
    ({ tenants }, typed: string) => tenants.delete.mutate({ tenantId, name: typed }),
    onClose,
  );
  return (
    <NamedDeletion
      name={name}
      busy={remove.isPending}
      error={remove.error}
      onDelete={remove.mutate}
      onClose={onClose}
    />
  );
}
