"use client";

import { ChevronsUpDown } from "lucide-react";
import { Menu } from "#ui/menu.tsx";
import { useMe } from "./me.tsx";

/** Leads to the reader's other tenants. */
export function TenantMenu() {
  const { tenant, tenants } = useMe();
  return (
    <Menu
      align="left"
      label="Tenants"
      heading={<span className="text-xs text-muted">Switch tenant</span>}
      triggerClass="flex h-8 w-full items-center gap-2 rounded-md border border-line bg-surface px-2 text-sm font-medium hover:bg-hover pointer-coarse:h-11"
      trigger={
        <>
          <span className="truncate">{tenant.name}</span>
          <span className="sr-only">, switch tenant</span>
          <ChevronsUpDown aria-hidden className="ml-auto size-3.5 shrink-0 text-muted" />
        </>
      }
      entries={tenants.map(({ id, slug, name }) => ({
        key: id,
        label: name,
        href: `/t/${slug}`,
        chosen: id === tenant.id,
      }))}
    />
  );
}
