import {
  type Actor,
  findActor,
  findApiKeyGrant,
  noteApiKeyUse,
  serviceActorOf,
} from "@scrapersky/api";
import type { Services } from "../http/app-env.ts";

/** Who sent a request. `foreign-tenant`: known, but no member of the tenant asked for. */
export type Principal =
  | { kind: "known"; actor: Actor; by: "session" | "key" | "token" }
  | { kind: "missing" }
  | { kind: "invalid" }
  | { kind: "foreign-tenant" }
  /** A cookie came along with a change that no page of the dashboard asked for. */
  | { kind: "foreign-page" };

/** Whom it speaks for; null: nobody. */
export const actorOf = (principal: Principal): Actor | null =>
  principal.kind === "known" ? principal.actor : null;

export const FOREIGN_PAGE =
  "A session cookie changes things only from the dashboard's own pages: " +
  "open the dashboard at the address in WEB_URL, or send an API key as a bearer token.";

export interface Credentials {
  method: string;
  /** The request's headers: `Authorization`, or the session cookie. */
  headers: Headers;
  /** Slug or id; the home tenant when absent. */
  tenant?: string | undefined;
}

/** Finds out who calls. A bearer token that is sent must be right: the cookie is not looked at then. */
export async function authenticate(
  services: Services,
  { method, headers, tenant }: Credentials,
): Promise<Principal> {
  const authorization = headers.get("authorization");
  if (authorization !== null) {
    const bearer = /^Bearer +(\S+)$/i.exec(authorization)?.[1];
    if (bearer === undefined) return { kind: "invalid" };
    return bearer.startsWith("sk_")
      ? services.lookup(`${bearer} ${tenant ?? ""}`, () =>
          authenticateKey(services, bearer, tenant),
        )
      : authenticateToken(services, bearer, tenant);
  }
  if (!headers.get("cookie")?.includes("scrapersky.")) return { kind: "missing" };
  if (!READS.has(method) && !isOwnPage(headers, services.auth.origins)) {
    return { kind: "foreign-page" };
  }
  const session = await services.auth.findSession(headers);
  if (session === undefined) return { kind: "missing" };
  const profileId = session.userId;
  const actor = await findActor(services.reading, { profileId, tenant });
  if (actor) return { kind: "known", actor, by: "session" };
  return tenant === undefined ? { kind: "invalid" } : { kind: "foreign-tenant" };
}

const READS = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a page of the dashboard sent this. Browsers add the cookie for any page of the same site, and
 * all ports of a machine are one site; what they say in these two headers no page can forge.
 */
function isOwnPage(headers: Headers, origins: readonly string[]): boolean {
  const origin = headers.get("origin");
  if (origin !== null) return origins.includes(origin);
  return headers.get("sec-fetch-site") === "same-origin";
}

/** Whether a browser sent this from a page that is not the dashboard's. A program says neither. */
export const isForeignPage = (headers: Headers, origins: readonly string[]): boolean =>
  (headers.has("origin") || headers.has("sec-fetch-site")) && !isOwnPage(headers, origins);

/** A token of Supabase speaks for a person, wherever the person is a member. */
async function authenticateToken(
  { supabase, reading }: Services,
  token: string,
  tenant: string | undefined,
): Promise<Principal> {
  const profileId = await supabase.tokens?.findUserId(token);
  if (profileId === undefined) return { kind: "invalid" };
  const actor = await findActor(reading, { profileId, tenant });
  if (actor) return { kind: "known", actor, by: "token" };
  return tenant === undefined ? { kind: "invalid" } : { kind: "foreign-tenant" };
}

/** A key speaks in its own tenant only. */
async function authenticateKey(
  services: Services,
  key: string,
  tenant: string | undefined,
): Promise<Principal> {
  const db = services.reading;
  const grant = await findApiKeyGrant(db, key);
  if (!grant) return { kind: "invalid" };
  const { holder, account, scopes, keyId } = grant;
  const actor =
    "profileId" in holder
      ? await findActor(db, { ...holder, tenant: grant.tenantId, scopes, apiKeyId: keyId })
      : account && serviceActorOf(account, { ...holder, scopes, keyId });
  if (!actor) return { kind: "invalid" };
  if (tenant !== undefined && ![actor.tenantId, actor.tenantSlug].includes(tenant.toLowerCase())) {
    return { kind: "foreign-tenant" };
  }
  if (grant.isStale) await noteApiKeyUse(db, grant.keyId);
  return { kind: "known", actor, by: "key" };
}
