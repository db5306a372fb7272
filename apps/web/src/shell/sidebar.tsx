"use client";

import { Link } from "#ui/link.tsx";
import { usePathname } from "next/navigation";
import { Fragment } from "react";
import { AdminNav } from "#admin/admin-nav.tsx";
import { Later } from "#ui/later.tsx";
import { Logo } from "./logo.tsx";
import { useMe, usePlaces } from "./me.tsx";
import { NavGroup, NavLink } from "./nav-link.tsx";
import { placeAt } from "./navigation.ts";
import { late } from "#ui/late.ts";

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
      <nav aria-label="Main" className="-mx-1 mt-2 min-h-0 flex-1 overflow-y-auto px-1">
        <div className="flex flex-col gap-0.5">
          {places.map((place, index) => (
            <Fragment key={place.path}>
              {place.group !== null && place.group !== places[index - 1]?.group ? (
                <NavGroup>{place.group}</NavGroup>
              ) : null}
              <NavLink
                href={base + place.path}
                path={place.path}
                isCurrent={place === current}
                onNavigate={onNavigate}
              >
                {place.label}
              </NavLink>
            </Fragment>
          ))}
          <AdminNav onNavigate={onNavigate} />
        </div>
      </nav>
      <Link
        href={`${base}/reference`}
        prefetch={false}
        onClick={onNavigate}
        className="flex h-8 shrink-0 items-center rounded-md px-2 text-xs text-muted hover:bg-hover hover:text-text pointer-coarse:h-11"
      >
        API reference
      </Link>
    </div>
  );
}

const TenantMenu = late(async () => ({ default: (await import("./tenant-menu.tsx")).TenantMenu }));

function TenantSwitch() {
  const { tenant, tenants } = useMe();
  if (tenants.length < 2) {
    return <p className="truncate px-2 text-sm font-medium">{tenant.name}</p>;
  }
  return (
    <Later
      place={
        <p className="flex h-8 items-center rounded-md border border-line bg-surface px-2 text-sm font-medium pointer-coarse:h-11">
          <span className="truncate">{tenant.name}</span>
        </p>
      }
    >
      <TenantMenu />
    </Later>
  );
}
