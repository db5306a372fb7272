"use client";

import { usePathname } from "next/navigation";
import { useMe } from "#shell/me.tsx";
import { NavGroup, NavLink } from "#shell/nav-link.tsx";
import { adminPlaceAt, adminPlacesOf } from "./admin-places.ts";

/** The entries of the platform's pages, for its staff; nothing for anybody else. */
export function AdminNav({ onNavigate }: { onNavigate?: (() => void) | undefined }) {
  const places = adminPlacesOf(useMe().permissions);
  const current = adminPlaceAt(usePathname());
  if (places.length === 0) return null;
  return (
    <>
      <NavGroup>Platform</NavGroup>
      {places.map((place) => (
        <NavLink
          key={place.href}
          href={place.href}
          path={place.href}
          isCurrent={place === current}
          onNavigate={onNavigate}
        >
          {place.label}
        </NavLink>
      ))}
    </>
  );
}
