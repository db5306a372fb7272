import type { Permission } from "./permissions.ts";

/** Who calls, in which tenant, with which rights. Every query of a service is scoped by its `tenantId`. */
export interface Actor {
  profileId: string;
  name: string | null;
  email: string | null;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  role: string;
  permissions: ReadonlySet<Permission>;
  /** Set when an API key speaks for the person. */
  apiKeyId: string | null;
}

/** What a changing service needs to know of the call, beside its input. */
export interface Caller {
  actor: Actor;
  requestId: string;
  source: "ui" | "trpc" | "rest";
}
