"use client";

import { clsx } from "clsx";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { Fragment, memo, Suspense } from "react";
import { Later } from "#ui/later.tsx";
import { LinkPending } from "#ui/link-pending.tsx";
import { Logo } from "./logo.tsx";
import { useMe, usePlaces } from "./me.tsx";
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
      <nav aria-label="Main" className="mt-2 flex flex-col gap-0.5">
        {places.map((place, index) => {
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
                <IconLater path={place.path} />
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

// Drawn by the server; its script moves nothing, so it may come late.
const PlaceIcon = late(async () => ({ default: (await import("./place-icon.tsx")).PlaceIcon }));

/** Never drawn anew: until its script is there it stays as the server drew it. */
const IconLater = memo(function IconLater({ path }: { path: string }) {
  return (
    <Suspense fallback={<span className="size-4" />}>
      <PlaceIcon path={path} />
    </Suspense>
  );
});

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
