import type { RoleName } from "../rbac/permissions.ts";

/** The staff and tenants of a first start, so that there is somebody to sign in as. */
export interface SeedPerson {
  name: string;
  email: string;
  bio: string;
  tenant: string;
  role: RoleName;
  platformRole: "USER" | "ADMIN" | "SUPER_ADMIN" | "GLOBAL_ADMIN";
}

export const TENANTS = [
  {
    slug: "skyline",
    name: "Skyline Marketing",
    description: "Local marketing for small businesses",
  },
  { slug: "harbor", name: "Harbor Partners", description: "Partner agency on the coast" },
] as const;

export const PEOPLE: readonly SeedPerson[] = [
  {
    name: "Maya Lindqvist",
    email: "owner@skyline.example",
    bio: "Founder. Looks after clients and the monthly reports.",
    tenant: "skyline",
    role: "owner",
    platformRole: "ADMIN",
  },
  {
    name: "Tomás Herrera",
    email: "operator@skyline.example",
    bio: "Runs the weekly batches.",
    tenant: "skyline",
    role: "operator",
    platformRole: "USER",
  },
  {
    name: "Priya Raman",
    email: "viewer@skyline.example",
    bio: "Writes proposals from what the scans find.",
    tenant: "skyline",
    role: "viewer",
    platformRole: "USER",
  },
  {
    name: "Jonas Weber",
    email: "platform@skyline.example",
    bio: "Keeps the platform running.",
    tenant: "skyline",
    role: "admin",
    platformRole: "GLOBAL_ADMIN",
  },
  {
    name: "Grace Okafor",
    email: "owner@harbor.example",
    bio: "Leads the coastal accounts.",
    tenant: "harbor",
    role: "owner",
    platformRole: "ADMIN",
  },
];
