import type { Permission } from "./permissions.ts";

/** Who calls, in which tenant, with which rights. Every query of a service is scoped by its `tenantId`. */
export interface Actor {
  /** Of a profile, or of a service account. */
  id: string;
  kind: "person" | "service account";
  name: string | null;
  email: string | null;
  tenantId: string;
  tenantSlug: string;
  tenantName: string;
  role: string;
  permissions: ReadonlySet<Permission>;
  /** Set when an API key speaks for the person or the service account. */
  apiKeyId: string | null;
}

/** What a changing service needs to know of the call, beside its input. */
export interface Caller {
  actor: Actor;
  requestId: string;
  source: "ui" | "trpc" | "rest" | "schedule";
}

/** Who changes something from outside of every tenant: whoever runs commands or holds a one-time link, or a worker by itself. */
export interface Outsider {
  actor: null;
  /** The person, where it is known. */
  personId?: string;
  requestId?: string;
  source: "cli" | "start" | "link" | "sign-in" | "account" | "forgotten" | "worker";
}

export type Author = Caller | Outsider;
