import { DomainError } from "../errors/domain-error.ts";
import { WEBHOOK_URL_LENGTH_MAX } from "../wire.contract.ts";

/**
 * The address that events are sent to. Where it leads is looked at each time that something is sent.
 * @throws DomainError INVALID_INPUT
 */
export function readUrl(text: string): string {
  const url = URL.parse(text);
  if (!url || !/^https?:$/.test(url.protocol)) refuse("is no address that begins with https://");
  if (url.username !== "" || url.password !== "") refuse("names a user: sign with the secret");
  url.hash = "";
  if (url.href.length > WEBHOOK_URL_LENGTH_MAX) refuse("is too long");
  return url.href;
}

function refuse(why: string): never {
  throw new DomainError("INVALID_INPUT", `The address of a webhook ${why}.`, {
    errorCode: "INVALID_URL",
    fieldErrors: { url: why },
  });
}
