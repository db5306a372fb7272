"use client";

import { clsx } from "clsx";
import { ChevronsUpDown } from "lucide-react";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment } from "react";
import { Menu } from "#ui/menu.tsx";
import { LinkPending } from "#ui/link-pending.tsx";
import { Logo } from "./logo.tsx";
import { useMe, usePlaces } from "./me.tsx";
import { iconOf, placeAt } from "./navigation.ts";

/** Where the person can go: the tenant and its pages. The same in the column and in the drawer. */
export function Sidebar({ onNavigate }: { onNavigate?: () => void }) {
  const { tenant } = useMe();
  const places = usePlaces();
  const base = `/t/${tenant.slug}`;
  const current = placeAt(places, usePathname(), base);
  return (
    <div className="flex h-full flex-col gap-1 p-3">
      <Link
        href={base}
        onClick={onNavigate}
        className="mb-2 flex h-8 items-center rounded-md px-2 pointer-coarse:h-11"
      >
        <Logo />
      </Link>
      <TenantSwitch />
      <nav aria-label="Main" className="mt-2 flex flex-col gap-0.5">
        {places.map((place, index) => {
          const Icon = iconOf(place.path);
          return (
            <Fragment key={place.path}>
              {place.group !== null && place.group !== places[index - 1]?.group ? (
                <p className="mt-3 mb-1 px-2 text-2xs font-medium text-muted">{place.group}</p>
              ) : null}
              <Link
                href={base + place.path}
                onClick={onNavigate}
                aria-current={place === current ? "page" : undefined}
                className={clsx(
                  "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors pointer-coarse:h-11",
                  place === current
                    ? "bg-press font-medium text-text"
                    : "text-muted hover:bg-hover hover:text-text",
                )}
              >
                <Icon aria-hidden className="size-4" strokeWidth={1.75} />
                {place.label}
                <LinkPending className="ml-auto" />
              </Link>
            </Fragment>
          );
        })}
      </nav>
      <a
        href="/api/docs"
        className="mt-auto flex h-8 items-center rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
      >
        API documentation
      </a>
    </div>
  );
}

function TenantSwitch() {
  const { tenant, tenants } = useMe();
  if (tenants.length < 2) {
    return <p className="truncate px-2 text-sm font-medium">{tenant.name}</p>;
  }
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
