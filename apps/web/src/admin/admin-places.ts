import type { Permission } from "@scrapersky/api";

/** A page of the platform's own, beside those of tenants. */
export interface AdminPlace {
  label: string;
  href: string;
  permission: Permission;
}

/** The pages of the platform, in their order. Only its staff hold these rights, so nobody else sees an entry. */
export const ADMIN_PLACES: readonly AdminPlace[] = [
  { label: "Tenants", href: "/admin/tenants", permission: "platform:tenants" },
  { label: "Roles of all", href: "/admin/roles", permission: "platform:roles" },
  { label: "Health", href: "/admin/health", permission: "platform:health" },
  { label: "Audit of no tenant", href: "/admin/audit", permission: "platform:db.read" },
  { label: "Database", href: "/admin/db", permission: "platform:db.read" },
];

/** Those that the person may open. */
export const adminPlacesOf = (permissions: readonly Permission[]): AdminPlace[] =>
  ADMIN_PLACES.filter(({ permission }) => permissions.includes(permission));

/** The entry a path belongs to. */
export const adminPlaceAt = (pathname: string): AdminPlace | undefined =>
  ADMIN_PLACES.find(({ href }) => pathname === href || pathname.startsWith(`${href}/`));
