/**
 * Every permission that something asks for. Migrations bring their rows; those of 0006 that nothing asks for yet
 * stay, as do the roles' grants of them, and are nobody's right until their names stand here.
 */
export const PERMISSIONS = {
  "overview:read": "See the overview of the tenant",
  "batches:read": "See batches and their progress",
  "batches:create": "Submit batches of domains",
  "batches:cancel": "Cancel a batch",
  "batches:write": "Rename batches",
  "batches:delete": "Delete batches with their jobs",
  "jobs:read": "See jobs and their attempts",
  "jobs:retry": "Run failed jobs again",
  "jobs:cancel": "Cancel a job",
  "domains:read": "See scanned domains",
  "pages:read": "See stored pages and contacts",
  "contacts:read": "See addresses, numbers and names of people",
  "leads:write": "Label leads, note on them, choose their best contact",
  "profiles:read": "See the people of the tenant",
  "profiles:write": "Change people of the tenant",
  "features:read": "See the entries of the sidebar",
  "features:write": "Change the entries of the sidebar",
  "rbac:read": "See roles and permissions",
  "rbac:assign": "Assign roles to people",
  "apikeys:read": "See API keys",
  "apikeys:write": "Create and revoke API keys",
  "tenants:transfer": "Hand over the tenant: make somebody its owner",
  "tenants:write": "Rename the tenant, and delete it",
  "audit:read": "Read the audit log",
  "settings:write": "Change the settings of the tenant",
  "export:read": "Export lists",
  "views:share": "Share saved views with the tenant",
  "suppressions:read": "See what is never visited, stored or exported",
  "suppressions:write": "Say what is never visited, stored or exported, and erase it",
  "schedules:read": "See schedules and their runs",
  "schedules:write": "Create, change, pause and run schedules",
  "webhooks:read": "See webhooks and what was delivered",
  "webhooks:manage": "Create, change and replay webhooks",
  "platform:health": "See the health of the platform",
  "platform:roles": "Make, change and delete roles",
  "platform:features": "Change features and entries of the sidebar for all tenants",
  "platform:tenants": "Make, rename, switch off and delete tenants",
  "platform:db.read": "Look at tables and schema drift",
  "platform:db.ack": "Say which schema drift is meant to be",
  "platform:db.query": "Run read-only SQL",
  "platform:queue": "See the queue and its workers",
} as const;

export type Permission = keyof typeof PERMISSIONS;

const ALL = Object.keys(PERMISSIONS) as Permission[];
const isPlatform = (permission: Permission): boolean => permission.startsWith("platform:");
const OF_TENANT = ALL.filter((permission) => !isPlatform(permission));
const READING = [
  "overview:read",
  "batches:read",
  "jobs:read",
  "domains:read",
  "pages:read",
  "profiles:read",
  "features:read",
  "schedules:read",
] as const satisfies readonly Permission[];

/** Permissions only GLOBAL_ADMIN has; no role carries them. */
export const PLATFORM_PERMISSIONS = ALL.filter(isPlatform);

/**
 * The roles that migrations bring, from most to least. Rows are global; people are assigned them per tenant. What a
 * description promises beyond the permissions comes with what they guard.
 */
export const ROLES = {
  owner: { description: "Everything in the tenant", permissions: OF_TENANT },
  admin: {
    description: "Everything but handing over the tenant",
    permissions: OF_TENANT.filter((permission) => !permission.startsWith("tenants:")),
  },
  operator: {
    description: "Submits, retries, cancels and exports",
    permissions: [
      ...READING,
      "contacts:read",
      "batches:create",
      "batches:cancel",
      "batches:write",
      "jobs:retry",
      "jobs:cancel",
      "export:read",
      "views:share",
      "leads:write",
      "suppressions:read",
      "schedules:write",
    ],
  },
  viewer: { description: "Reads", permissions: READING },
  auditor: {
    description: "Reads, and the audit log",
    permissions: [
      ...READING,
      "contacts:read",
      "export:read",
      "suppressions:read",
      "rbac:read",
      "audit:read",
    ],
  },
  developer: {
    description: "Reads, and API keys",
    permissions: [
      ...READING,
      "contacts:read",
      "apikeys:read",
      "apikeys:write",
      "webhooks:read",
      "webhooks:manage",
    ],
  },
} as const satisfies Record<string, { description: string; permissions: readonly Permission[] }>;

export type RoleName = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];
