import { DomainError } from "../errors/domain-error.ts";

/**
 * The key that secrets are made of.
 * @throws DomainError INVALID_STATE `WEBHOOKS_OFF` where the server has none
 */
export function requireKey(key: string | null): string {
  if (key !== null) return key;
  throw new DomainError(
    "INVALID_STATE",
    "This server sends no webhooks: whoever runs it has to set WEBHOOKS_KEY.",
    { errorCode: "WEBHOOKS_OFF" },
  );
}
