/** The entries of the sidebar that every tenant has, in its order. Their rows come by migration. */
export const FEATURES = [
  {
    name: "Leads",
    urlPath: "/leads",
    icon: "building",
    group: "Results",
    permission: "domains:read",
  },
  {
    name: "Contacts",
    urlPath: "/contacts",
    icon: "at-sign",
    group: "Results",
    permission: "contacts:read",
  },
  {
    name: "Exports",
    urlPath: "/exports",
    icon: "file-down",
    group: "Results",
    permission: "export:read",
  },
  {
    name: "Batches",
    urlPath: "/batches",
    icon: "layers",
    group: "Work",
    permission: "batches:read",
  },
  { name: "Jobs", urlPath: "/jobs", icon: "list-checks", group: "Work", permission: "jobs:read" },
  {
    name: "Schedules",
    urlPath: "/schedules",
    icon: "calendar-clock",
    group: "Work",
    permission: "schedules:read",
  },
  {
    name: "Bulk actions",
    urlPath: "/bulk",
    icon: "copy-check",
    group: "Work",
    permission: "jobs:read",
  },
  {
    name: "Profiles",
    urlPath: "/profiles",
    icon: "users",
    group: "Team",
    permission: "profiles:read",
  },
  { name: "Keys", urlPath: "/keys", icon: "key", group: "Team", permission: "apikeys:read" },
  {
    name: "Audit",
    urlPath: "/audit",
    icon: "scroll-text",
    group: "Team",
    permission: "audit:read",
  },
  { name: "Roles", urlPath: "/roles", icon: "shield", group: "Team", permission: "rbac:read" },
  {
    name: "Features",
    urlPath: "/features",
    icon: "toggle-right",
    group: "Team",
    permission: "features:read",
  },
  {
    name: "Webhooks",
    urlPath: "/webhooks",
    icon: "webhook",
    group: "Team",
    permission: "webhooks:read",
  },
] as const;

export type FeaturePath = (typeof FEATURES)[number]["urlPath"];

/** An entry of the sidebar, with those below it. */
export interface FeatureNode {
  id: string;
  name: string;
  /** Path below the tenant's own, such as "/batches". */
  urlPath: string;
  icon: string | null;
  group: string | null;
  order: number;
  children: FeatureNode[];
}
