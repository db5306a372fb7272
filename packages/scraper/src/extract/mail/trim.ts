import { registrableOf } from "../../host.ts";
import { asciiHost, isMailDomain } from "./accept.ts";
import { visible } from "./characters.ts";
import { isFrontRole, isRole } from "./roles.ts";

/** Words that end up behind an address when its line was glued to the next one. */
const GLUED_WORD =
  /^([a-z]{2,3})(?=(?:tel|fax|phone|fon|mob|www|http|web|mail|email|internet|ust|adres|kontakt|contact|direcc|indirizzo)[a-z]*$)/;
const GLUED_CAPITAL = /^([a-z]{2,24})(?=[A-Z])/;
const GLUED_DIGIT = /^([a-z]{2,24})(?=\d)/;
const BEGINS_SENTENCE = /^\p{Lu}\p{Ll}*$/u;

/**
 * The host at the beginning of what stands behind an "@": without the sentence, the word or the number that was glued to
 * it. Undefined when there is none.
 */
export function trimHost(raw: string, siteHost: string): string | undefined {
  const text = visible(raw);
  const own = registrableOf(siteHost);
  const isHost = (host: string) => {
    const ascii = asciiHost(host.toLowerCase());
    return ascii !== undefined && (registrableOf(ascii) === own || isMailDomain(ascii));
  };
  const web = text.search(/(?<=\.[a-z]{2,24})\.?www\./i);
  if (web !== -1 && isHost(text.slice(0, web))) return text.slice(0, web);
  const labels = text.split(".");
  const empty = labels.indexOf("");
  if (empty !== -1) labels.length = empty;
  for (let count = Math.min(labels.length, 10); count >= 2; count--) {
    const before = labels.slice(0, count - 1).join(".");
    const last = (labels[count - 1] as string).replace(/-+$/, "");
    const glued = count > 2 && BEGINS_SENTENCE.test(last) && before === before.toLowerCase();
    if (!glued && isHost(`${before}.${last}`)) return `${before}.${last}`;
    const signs = count === labels.length ? [GLUED_CAPITAL, GLUED_DIGIT] : [GLUED_CAPITAL];
    for (const sign of [...signs, GLUED_WORD]) {
      const ending = sign.exec(last)?.[1];
      if (ending !== undefined && isHost(`${before}.${ending}`)) return `${before}.${ending}`;
    }
    if (`${before}.${last}`.toLowerCase().startsWith(own) && own.split(".").length === count)
      return own;
  }
  return undefined;
}

const PHONE_BEFORE = /^\+?\d[\d.-]*\d(?=\p{L})/u;
const ESCAPES_BEFORE = /^(?:(?:%[0-9a-f]{2}|u00[0-9a-f]{2})+)(?=[\p{L}\p{N}])/iu;
const HOST_BEFORE = /^[^&]*\.[a-z]{2,24}&(?=[\p{L}\p{N}])/iu;
const LABEL_BEFORE = /^(?:e-?mail|mailto|mail)(?=\p{L})/iu;

/** The name at the end of what stands before an "@": without the number, the label or the escapes that were glued to it. */
export function trimLocal(raw: string): string {
  let local = visible(raw)
    .replace(ESCAPES_BEFORE, "")
    .replace(/^.*%/, "")
    .replace(HOST_BEFORE, "")
    .replace(/^[.'+&%-]+|[.']+$/g, "");
  const phone = PHONE_BEFORE.exec(local)?.[0];
  if (phone !== undefined) {
    const rest = local.slice(phone.length);
    const digits = phone.replace(/\D/g, "").length;
    const isPhone =
      digits >= 7 || (digits >= 5 && (/[.-]/.test(phone) || isRole(rest.toLowerCase())));
    if (isPhone && rest.length > 1) local = rest;
  }
  const rest = local.replace(LABEL_BEFORE, "");
  return rest !== local && isFrontRole(rest.toLowerCase()) ? rest : local;
}
