import { DomainError } from "@scrapersky/api";
import { createRemoteJWKSet, decodeProtectedHeader, errors, jwtVerify } from "jose";

// Tokens that a project of Supabase gave its users. Which key may have signed one is told by its
// algorithm, of a short list: a published key never counts as a secret.

const PUBLISHED = ["ES256", "RS256", "EdDSA"];
const SECRET = "HS256";
const AUDIENCE = "authenticated";
/** How far the clocks of two servers may be apart. */
const CLOCK_SECONDS = 5;
const KEYS_KEPT_MS = 600_000;
const KEYS_PAUSE_MS = 30_000;
const KEYS_TIMEOUT_MS = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export interface SupabaseTokens {
  /**
   * The user a token was given to; undefined when it is malformed, of somebody else, forged or over.
   * @throws DomainError UNAVAILABLE when the project's keys cannot be had
   */
  findUserId(token: string): Promise<string | undefined>;
}

/** Undefined when neither setting is there: then no token is looked at. */
export function createSupabaseTokens({
  url,
  secret,
}: {
  url?: string | undefined;
  secret?: string | undefined;
}): SupabaseTokens | undefined {
  if (url === undefined && secret === undefined) return undefined;
  const issuer = url === undefined ? undefined : `${url.replace(/\/+$/, "")}/auth/v1`;
  const published =
    issuer === undefined
      ? undefined
      : createRemoteJWKSet(new URL(`${issuer}/.well-known/jwks.json`), {
          cacheMaxAge: KEYS_KEPT_MS,
          cooldownDuration: KEYS_PAUSE_MS,
          timeoutDuration: KEYS_TIMEOUT_MS,
        });
  const shared = secret === undefined ? undefined : new TextEncoder().encode(secret);
  const rules = {
    audience: AUDIENCE,
    ...(issuer === undefined ? {} : { issuer }),
    requiredClaims: ["exp", "sub"],
    clockTolerance: CLOCK_SECONDS,
  };

  const verify = async (token: string): Promise<string | undefined> => {
    const alg = algorithmOf(token);
    if (alg === SECRET && shared) {
      return (await jwtVerify(token, shared, { ...rules, algorithms: [SECRET] })).payload.sub;
    }
    if (alg !== undefined && PUBLISHED.includes(alg) && published) {
      return (await jwtVerify(token, published, { ...rules, algorithms: [alg] })).payload.sub;
    }
    return undefined;
  };
  return {
    async findUserId(token) {
      try {
        const sub = (await verify(token))?.toLowerCase();
        return sub !== undefined && UUID.test(sub) ? sub : undefined;
      } catch (error) {
        if (isAboutToken(error)) return undefined;
        throw new DomainError(
          "UNAVAILABLE",
          "The keys of the sign-in service cannot be had right now. Try again in a moment.",
          { retryAfterMs: KEYS_TIMEOUT_MS },
          error,
        );
      }
    },
  };
}

function algorithmOf(token: string): string | undefined {
  try {
    return decodeProtectedHeader(token).alg;
  } catch {
    return undefined;
  }
}

/** Whether the token is at fault, and not the way to the keys. */
function isAboutToken(error: unknown): boolean {
  if (!(error instanceof errors.JOSEError)) return false;
  const { code } = error;
  return (
    /^ERR_(JWT|JWS)_/.test(code) ||
    code === errors.JWKSNoMatchingKey.code ||
    code === errors.JWKSMultipleMatchingKeys.code ||
    code === errors.JOSEAlgNotAllowed.code ||
    code === errors.JOSENotSupported.code
  );
}
