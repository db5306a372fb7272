/** Every permission a procedure may name. Rows of `permissions` are seeded from here. */
export const PERMISSIONS = {
  "overview:read": "See the overview of the tenant",
  "batches:read": "See batches and their progress",
  "batches:create": "Submit batches of domains",
  "batches:cancel": "Cancel a batch",
  "jobs:read": "See jobs and their attempts",
  "jobs:retry": "Run failed jobs again",
  "jobs:cancel": "Cancel a job",
  "domains:read": "See scanned domains",
  "pages:read": "See stored pages and contacts",
  "profiles:read": "See the people of the tenant",
  "profiles:write": "Change people of the tenant",
  "features:read": "See the entries of the sidebar",
  "features:write": "Change the entries of the sidebar",
  "rbac:read": "See roles and permissions",
  "rbac:assign": "Assign roles to people",
  "apikeys:read": "See API keys",
  "apikeys:write": "Create and revoke API keys",
  "audit:read": "Read the audit log",
  "export:read": "Export lists",
  "platform:health": "See the health of the platform",
  "platform:queue": "See the queue and its workers",
  "platform:db.read": "Look at tables and schema drift",
  "platform:db.query": "Run read-only SQL",
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
] as const satisfies readonly Permission[];

/** Permissions only GLOBAL_ADMIN has; no role carries them. */
export const PLATFORM_PERMISSIONS = ALL.filter(isPlatform);

/** The seeded roles, from most to least. Rows are global; people are assigned them per tenant. */
export const ROLES = {
  owner: { description: "Everything in the tenant", permissions: OF_TENANT },
  admin: { description: "Everything but handing over the tenant", permissions: OF_TENANT },
  operator: {
    description: "Submits, retries, cancels and exports",
    permissions: [
      ...READING,
      "batches:create",
      "batches:cancel",
      "jobs:retry",
      "jobs:cancel",
      "export:read",
    ],
  },
  viewer: { description: "Reads", permissions: READING },
  auditor: {
    description: "Reads, and the audit log",
    permissions: [...READING, "audit:read", "rbac:read", "export:read"],
  },
  developer: {
    description: "Reads, and API keys",
    permissions: [...READING, "apikeys:read", "apikeys:write"],
  },
} as const satisfies Record<string, { description: string; permissions: readonly Permission[] }>;

export type RoleName = keyof typeof ROLES;
export const ROLE_NAMES = Object.keys(ROLES) as RoleName[];
