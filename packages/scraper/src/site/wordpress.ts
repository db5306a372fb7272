import type { SiteTraces } from "../extract/site-traces.ts";
import type { TechnologyFacts } from "@scrapersky/outcome";
import { line } from "../text.ts";

/** Version and theme of a WordPress site: the generator's version, else that of core's own assets. */
export function wordpressOf(
  traces: SiteTraces,
  technologies: readonly TechnologyFacts[],
): { version: string | null; theme: string | null } {
  let version = technologies.find(({ name }) => name === "WordPress")?.version ?? null;
  let theme: string | null = null;
  for (const asset of traces.assets) {
    theme ??= themeOf(asset);
    // jquery and other libraries under wp-includes carry their own versions
    if (
      version === null &&
      /\/wp-includes\/(?:css\/dist\/block-library|js\/wp-emoji)/.test(asset)
    ) {
      version = /[?&]ver=(\d+\.\d+(?:\.\d+)?)/.exec(asset)?.[1] ?? null;
    }
  }
  if (theme === null) {
    for (const value of traces.classes)
      theme ??= /(?:^|\s)wp-theme-([\w-]{2,60})(?:\s|$)/.exec(value)?.[1] ?? null;
  }
  return { version, theme };
}

function themeOf(asset: string): string | null {
  const theme = /\/wp-content\/themes\/([^/?#"']{1,80})\//.exec(asset)?.[1];
  return theme === undefined ? null : line(theme, 80);
}

export const elementorVersion = (technologies: readonly TechnologyFacts[]): string | null =>
  technologies.find(({ name }) => name === "Elementor")?.version ?? null;
