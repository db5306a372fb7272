import { domainToASCII, domainToUnicode } from "node:url";

const SCRIPTS = ["Latin", "Cyrillic", "Greek", "Armenian"].map(
  (script) => new RegExp(`\\p{Script=${script}}`, "u"),
);
/** Cyrillic letters that look like Latin ones: a name of nothing else passes for a Latin name. */
const LOOKS_LATIN = /^(?=.*\p{Script=Cyrillic})[асԁеһіјӏорԛѕԝхуъьҽпгѵѡ\d-]+$/u;

const deceives = (label: string): boolean =>
  LOOKS_LATIN.test(label) || SCRIPTS.filter((script) => script.test(label)).length > 1;

/**
 * A host as people read it: "xn--bcher-kva.de" is "bücher.de". A name that would not be asked for again
 * by what is shown, or that may pass for another one, stays as it is.
 */
export function readableName(host: string): string {
  if (!host.includes("xn--")) return host;
  const readable = domainToUnicode(host);
  const isSafe =
    domainToASCII(readable) === host && !readable.split(".").slice(0, -1).some(deceives);
  return isSafe ? readable : host;
}
