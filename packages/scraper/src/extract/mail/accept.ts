import { domainToASCII, domainToUnicode } from "node:url";
import { parse } from "tldts";
import { registrableOf } from "../../host.ts";
import { remembered } from "../../remembered.ts";
import { detach } from "../../text.ts";
import { visible } from "./characters.ts";
import { isFreeMail } from "./providers.ts";
import { isNobody } from "./samples.ts";

const LOCAL_MAX = 64;
const HOST_MAX = 253;
const HOSTS_MAX = 2_000;
const LOCAL_PART = /^[\p{L}\p{N}_+&](?:[\p{L}\p{M}\p{N}._+&'-]*[\p{L}\p{M}\p{N}_+&-])?$/u;
const LABEL = /^[\p{L}\p{M}\p{N}](?:[\p{L}\p{M}\p{N}-]{0,61}[\p{L}\p{M}\p{N}])?$/u;

/**
 * The address in lower case when a business's mail may be read there, else undefined. The host is written in its own
 * letters; ours and theirs of one mailbox are equal then.
 */
export function acceptEmail(raw: string, siteHost: string): string | undefined {
  const text = withoutNoSpam(visible(raw), siteHost);
  const at = text.lastIndexOf("@");
  const local = text
    .slice(0, at)
    .toLowerCase()
    .replace(/^[\s.'"<(-]+|[\s.'"]+$/g, "");
  const written = text
    .slice(at + 1)
    .toLowerCase()
    .replace(/^[\s.-]+|[^\p{L}\p{M}\p{N}]+$/gu, "");
  if (
    at < 1 ||
    local.length > LOCAL_MAX ||
    local.includes("..") ||
    !LOCAL_PART.test(local) ||
    !/[\p{L}\p{N}]/u.test(local)
  )
    return undefined;
  const host = asciiHost(written);
  if (host === undefined) return undefined;
  const own = registrableOf(host) === registrableOf(siteHost);
  if (!own && !isMailDomain(host)) return undefined;
  if (isNobody({ local, host, own, free: isFreeMail(host) })) return undefined;
  return detach(`${local}@${host.includes("xn--") ? domainToUnicode(host) : host}`);
}

const NO_SPAM =
  /[._-]?(?:NO[-_]?SPAM|ANTI[-_]?SPAM|SPAMFREI|(?:REMOVE|DELETE)(?:[-_]?(?:THIS|ME))?|ENTFERNEN?)[._-]?/g;
const NO_SPAM_HOST = /@(?:no-?spam|anti-?spam|spamfrei|remove-?this|remove-?me)[.-]?/i;

/** Without what people put into an address for readers to take out: in capitals, or before the site's own name. */
function withoutNoSpam(email: string, siteHost: string): string {
  if (!/spam|remove|delete|entfern/i.test(email)) return email;
  const plain = /[a-z]/.test(email.replace(NO_SPAM, "")) ? email.replace(NO_SPAM, "") : email;
  const bare = plain.replace(NO_SPAM_HOST, "@");
  const host = bare.slice(bare.lastIndexOf("@") + 1).toLowerCase();
  return registrableOf(host) === registrableOf(siteHost) ? bare : plain;
}

/** A host that is its own ASCII form. */
const PLAIN_HOST = /^(?:[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?\.)+[a-z]{1,63}$/;

/** The host in ASCII; undefined when it is no name with an ending. */
export function asciiHost(written: string): string | undefined {
  if (written.length < 4 || written.length > HOST_MAX || !written.includes(".")) return undefined;
  if (PLAIN_HOST.test(written) && !written.includes("xn--")) return written;
  const labels = written.split(".");
  if (!labels.every((label) => LABEL.test(label)) || /^\d+$/.test(labels.at(-1) as string))
    return undefined;
  const host = domainToASCII(written);
  return host === "" || host.length > HOST_MAX ? undefined : host;
}

/** Whether a registry or a provider gives out names like this; the endings for examples and tests count. @param host ASCII */
export const isMailDomain = remembered(HOSTS_MAX, (host) => {
  const { domain, isIcann, isPrivate } = parse(host, { allowPrivateDomains: true });
  return (
    domain !== null && (isIcann === true || isPrivate === true || /\.(?:example|test)$/.test(host))
  );
});
