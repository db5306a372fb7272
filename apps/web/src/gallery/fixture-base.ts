import type { Permission } from "@scrapersky/api";
import type { Me } from "@scrapersky/api/contract";
import type { Place } from "#shell/navigation.ts";

// Made-up data for looking at the pages without a server. Only the gallery reads it.

// Rounded, so that the server and the browser make the same data.
const ROUND_MS = 300_000;
export const NOW_MS = Math.floor(Date.now() / ROUND_MS) * ROUND_MS;
export const ago = (seconds: number): string => new Date(NOW_MS - seconds * 1000).toISOString();
export const id = (n: number): string => `0198f3a2-7c1e-7b4a-9d52-${String(n).padStart(12, "0")}`;

/** What an owner may do: everything in the tenant. */
const EVERY_RIGHT = {
  "overview:read": true,
  "batches:read": true,
  "batches:create": true,
  "batches:cancel": true,
  "batches:write": true,
  "batches:delete": true,
  "jobs:read": true,
  "jobs:retry": true,
  "jobs:cancel": true,
  "domains:read": true,
  "pages:read": true,
  "contacts:read": true,
  "leads:write": true,
  "profiles:read": true,
  "profiles:write": true,
  "features:read": true,
  "features:write": true,
  "rbac:read": true,
  "rbac:assign": true,
  "tenants:transfer": true,
  "tenants:write": true,
  "audit:read": true,
  "apikeys:read": true,
  "apikeys:write": true,
  "settings:write": true,
  "export:read": true,
  "views:share": true,
  "suppressions:read": true,
  "suppressions:write": true,
  "schedules:read": true,
  "schedules:write": true,
  "webhooks:read": true,
  "webhooks:manage": true,
} satisfies Record<Exclude<Permission, `platform:${string}`>, true>;

export const ME: Me = {
  id: id(1),
  name: "Marta Keller",
  email: "owner@skyline.example",
  tenant: { id: id(2), slug: "skyline", name: "Skyline Marketing" },
  tenants: [
    { id: id(2), slug: "skyline", name: "Skyline Marketing" },
    { id: id(3), slug: "harbor", name: "Harbor Partners" },
  ],
  role: "owner",
  timeZone: null,
  permissions: Object.keys(EVERY_RIGHT) as Permission[],
};

export const PLACES: Place[] = [
  { label: "Overview", path: "", group: null },
  { label: "Leads", path: "/leads", group: "Results" },
  { label: "Contacts", path: "/contacts", group: "Results" },
  { label: "Exports", path: "/exports", group: "Results" },
  { label: "Batches", path: "/batches", group: "Work" },
  { label: "Jobs", path: "/jobs", group: "Work" },
  { label: "Schedules", path: "/schedules", group: "Work" },
  { label: "Bulk actions", path: "/bulk", group: "Work" },
  { label: "Profiles", path: "/profiles", group: "Team" },
  { label: "Keys", path: "/keys", group: "Team" },
  { label: "Audit", path: "/audit", group: "Team" },
  { label: "Roles", path: "/roles", group: "Team" },
  { label: "Features", path: "/features", group: "Team" },
  { label: "Webhooks", path: "/webhooks", group: "Team" },
];
