import { Building2, Gauge, Layers, ListChecks, Users, type LucideIcon } from "lucide-react";

export interface NavigationEntry {
  label: string;
  /** Path below /t/{slug}. */
  path: string;
  permission: string;
  icon: LucideIcon;
}

export const NAVIGATION: NavigationEntry[] = [
  { label: "Overview", path: "", permission: "overview:read", icon: Gauge },
  { label: "Batches", path: "/batches", permission: "batches:read", icon: Layers },
  { label: "Jobs", path: "/jobs", permission: "jobs:read", icon: ListChecks },
  { label: "Profiles", path: "/profiles", permission: "profiles:read", icon: Users },
];

export const TenantIcon = Building2;

/** The entry a path belongs to: the longest that it starts with. */
export const entryOf = (pathname: string, base: string): NavigationEntry | undefined =>
  NAVIGATION.filter(
    ({ path }) =>
      pathname === base + path || (path !== "" && pathname.startsWith(`${base}${path}/`)),
  ).sort((left, right) => right.path.length - left.path.length)[0];
