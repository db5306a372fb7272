import type { Calling } from "./label.ts";
import { fold } from "./fold.ts";

/** A number that a link, an attribute or structured data gives as one. */
export interface Call {
  /** As written, percent-encoding undone. */
  text: string;
  from: "tel" | "whatsapp" | "json_ld";
  /** What the link itself says of it. */
  calling: Calling;
  /** What structured data calls it. */
  label: string | null;
  /** Text before the link, and from its place on: words that name it. */
  before: string;
  after: string;
}

const CALL_SCHEME =
  /^(?:tel|telephone|phone|callto|call|sms|smsto|mms|sips?|facetime(?:-audio)?|skype|fax|viber|whatsapp|imessage):|^tel;/i;
const CHARS_MAX = 300;

/** Whether a link may be one to call, told by its first letters. */
export const isCallScheme = (href: string): boolean => CALL_SCHEME.test(href);

/** The number of a link to call or to write to; undefined where it has none. */
export function callOf(href: string): Pick<Call, "text" | "from" | "calling"> | undefined {
  const [scheme = ""] = CALL_SCHEME.exec(href) ?? [];
  if (scheme === "") return undefined;
  const target = decode(href.slice(scheme.length, CHARS_MAX)).replace(/^\/+/, "");
  const name = scheme.slice(0, -1).toLowerCase();
  if (name === "whatsapp" || name === "viber") {
    const number = /[?&](?:phone|number)=([^&#]*)/i.exec(target)?.[1] ?? "";
    return callText(number, name === "whatsapp" ? "whatsapp" : "tel");
  }
  const call = callText(target.replace(/@.*$/s, ""), "tel");
  return call !== undefined && name === "fax" ? { ...call, calling: "fax" } : call;
}

/** The number of a link that opens a chat; links that only share a text have none. */
export function chatOf(url: URL): Pick<Call, "text" | "from" | "calling"> | undefined {
  const host = url.hostname.replace(/^www\./, "");
  if (host === "wa.me") {
    const first = decode(url.pathname.slice(1, 40))
      .split("/")
      .find((part) => /\d{5}/.test(part));
    return first === undefined || !/^\+?[\d\s().-]+$/.test(first)
      ? undefined
      : callText(first, "whatsapp");
  }
  if (host === "api.whatsapp.com" || host === "web.whatsapp.com" || host === "whatsapp.com")
    return callText(url.searchParams.get("phone") ?? "", "whatsapp");
  return undefined;
}

const LINK_IN_CODE =
  /(?:tel|callto|sms|whatsapp|viber|skype):[^"'`\s)<>\\]{5,80}|https?:\/\/(?:wa\.me|(?:api|web)\.whatsapp\.com)\/[^"'`\s)<>\\]{5,200}/i;

/** A link to call inside the value of another attribute, such as that of a click. */
export function callInCode(code: string): string | undefined {
  return code.length > 2_000 ? undefined : LINK_IN_CODE.exec(code)?.[0];
}

const LINKS_IN_MARKUP =
  /(?<!\w)(?:(?:tel|callto|sms|fax):(?:\/\/)?(?=[+\d(%])[\d\s()./%+-]{5,40}|whatsapp:\/\/send[^"'`\s<>\\]{5,80}|https?:\/\/[^"'`\s)<>\\]{6,200})/gi;
const LINKS_MAX = 200;

/** Links to call, and addresses, in a text or a piece of HTML; a telephone's may hold blanks there. */
export function* linksInMarkup(html: string): Generator<string> {
  let count = 0;
  for (const [link] of html.matchAll(LINKS_IN_MARKUP)) {
    if (count++ >= LINKS_MAX) return;
    yield link.trim();
  }
}

function callText(
  written: string,
  from: Call["from"],
): Pick<Call, "text" | "from" | "calling"> | undefined {
  const text = fold(written.slice(0, 80)).trim();
  return /\d/.test(text) ? { text, from, calling: undefined } : undefined;
}

function decode(text: string): string {
  if (!text.includes("%")) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return text.replace(/%([2-7][0-9a-f])/gi, (_, hex: string) =>
      String.fromCharCode(Number.parseInt(hex, 16)),
    );
  }
}
