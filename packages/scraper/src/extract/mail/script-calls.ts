import { revealCryptX, turnToMailto } from "./uncloak.ts";

/** What is known of an expression: a text, a list of texts, or nothing. */
export type Value = string | string[] | undefined;

const CODES_MAX = 500;
const TEXT_MAX = 4_000;

/** What a call of a few well-known functions gives; undefined for all others. */
export function applyCall(name: string, parts: readonly Value[], on: Value): Value {
  const [first, second] = parts;
  switch (name) {
    case "fromCharCode":
    case "fromCodePoint":
      return ofCodes(parts);
    case "Array":
      return parts.filter((part) => typeof part === "string");
    case "atob":
      return typeof first === "string" && first.length < TEXT_MAX
        ? Buffer.from(first, "base64").toString("utf8")
        : undefined;
    case "unescape":
    case "decodeURIComponent":
    case "decodeURI":
      return typeof first === "string" ? unescaped(first) : undefined;
    case "DeCryptX":
    case "DeCryptString":
      return typeof first === "string" ? revealCryptX(first) : undefined;
    case "linkTo_UnCryptMailto":
      return typeof first === "string" ? turnedBack(first) : undefined;
    case "join":
      return Array.isArray(on) ? on.join(typeof first === "string" ? first : ",") : undefined;
    case "concat":
      return typeof on === "string" && parts.every((part) => typeof part === "string")
        ? on + parts.join("")
        : undefined;
    case "split":
      return typeof on === "string" && typeof first === "string"
        ? on.slice(0, TEXT_MAX).split(first)
        : undefined;
    case "reverse":
      return Array.isArray(on) ? on.toReversed() : undefined;
    case "replace":
    case "replaceAll":
      return typeof on === "string" && typeof first === "string" && typeof second === "string"
        ? replaced(on, first, second)
        : undefined;
    case "toLowerCase":
    case "trim":
    case "toString":
      return on;
    default:
      return undefined;
  }
}

function ofCodes(parts: readonly Value[]): string | undefined {
  const codes = parts.slice(0, CODES_MAX);
  return codes.length > 0 &&
    codes.every((part) => typeof part === "string" && /^\d{1,5}$/.test(part))
    ? String.fromCharCode(...codes.map(Number))
    : undefined;
}

const unescaped = (text: string): string =>
  text.replace(/%([0-9a-f]{2})/gi, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );

const turnedBack = (code: string): string | undefined => {
  const target = turnToMailto(code);
  return target === undefined ? undefined : `mailto:${target}`;
};

/** Only for a text that grows little: it may be put into one that is long already. */
const replaced = (text: string, what: string, by: string): string | undefined =>
  what === "" || by.length > 20 ? undefined : text.replaceAll(what, by).slice(0, TEXT_MAX);
