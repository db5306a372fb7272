import type { SiteTraces } from "../extract/site-traces.ts";
import type { TechnologyFacts } from "@scrapersky/outcome";
import { line } from "../text.ts";
import { WORDPRESS } from "./evidence/finds.ts";
import { OwnHosts, unproxied } from "./evidence/own-hosts.ts";

/** Version and theme of a WordPress site. */
export function wordpressOf(
  traces: SiteTraces,
  home: URL,
  technologies: readonly TechnologyFacts[],
): { version: string | null; theme: string | null } {
  const version = technologies.find(({ name }) => name === WORDPRESS)?.version ?? null;
  let theme: string | null = null;
  for (const asset of ownAssets(traces, home)) {
    theme = themeOf(asset);
    if (theme !== null) break;
  }
  if (theme === null) {
    for (const value of traces.classes.keys())
      theme ??= /(?:^|\s)wp-theme-([\w-]{2,60})(?:\s|$)/.exec(value)?.[1] ?? null;
  }
  return { version, theme };
}

function* ownAssets(traces: SiteTraces, home: URL): Generator<string> {
  const own = new OwnHosts([home.hostname]);
  for (const [written, { page, kind }] of traces.assets) {
    const url = URL.parse(written, page.href);
    if (url === null) continue;
    const { hostname, pathname, search } = unproxied(url, home);
    if (own.includes(hostname, kind)) yield pathname + search;
  }
}

function themeOf(asset: string): string | null {
  const theme = /\/wp-content\/themes\/([^/?#"']{1,80})\//.exec(asset)?.[1];
  return theme === undefined ? null : line(theme, 80);
}

export const elementorVersion = (technologies: readonly TechnologyFacts[]): string | null =>
  technologies.find(({ name }) => name === "Elementor")?.version ?? null;
