import { resolveLink } from "./url.ts";

export interface Refresh {
  seconds: number;
  url: URL;
}

/**
 * What a Refresh header or a `<meta http-equiv="refresh">` asks for, by the HTML standard's "shared declarative refresh steps";
 * undefined when it leads to no page. A refresh without an address means the page itself, which leads nowhere.
 */
export function refreshOf(content: string | undefined, base: URL): Refresh | undefined {
  const [, seconds, after = ""] =
    /^\s*(\d{0,9})([^]*)$/.exec((content ?? "").slice(0, 2_500)) ?? [];
  if (seconds === "" && !after.startsWith(".")) return undefined;
  const [, rest] = /^[\d.]*(?:\s*[;,]\s*|\s+)([^]*)$/.exec(after) ?? [];
  if (rest === undefined || rest === "") return undefined;
  const named = rest.replace(/^url\s*=\s*/i, "");
  const quote = /^["']/.exec(named)?.[0];
  const address = quote === undefined ? named : (named.slice(1).split(quote, 1)[0] ?? "");
  const url = address.trim() === "" ? undefined : resolveLink(address.trim(), base);
  return url === undefined ? undefined : { seconds: Number(seconds ?? 0), url };
}
