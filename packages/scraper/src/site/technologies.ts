import type { SiteTraces } from "../extract/site-traces.ts";
import type { HeaderMap } from "../fetch/wire.ts";
import type { TechnologyCategory, TechnologyFacts } from "@scrapersky/outcome";
import { line } from "../text.ts";
import { type Rule, RULES } from "./rules/index.ts";

/** Technologies of a site, from what all its pages shared and the home page's headers. Runs once per site. */
export function detectTechnologies(traces: SiteTraces, headers: HeaderMap): TechnologyFacts[] {
  const evidence: Evidence = {
    assets: [...traces.assets],
    allAssets: `\n${[...traces.assets].join("\n")}\n`,
    generators: [...traces.generators],
    headers: headerLines(headers),
    marks: traces.scriptMarkers,
    classes: [...traces.classes],
  };
  const found = new Map<string, TechnologyFacts>();
  for (const rule of RULES) {
    const match = matchRule(rule, evidence);
    if (match === undefined) continue;
    found.set(rule.name, {
      name: rule.name,
      category: rule.category,
      version: match.version === undefined ? null : line(match.version, 40),
      evidence: null,
    });
  }
  for (const rule of RULES) {
    if (!found.has(rule.name)) continue;
    for (const name of rule.implies ?? []) {
      const implied = RULES.find((candidate) => candidate.name === name);
      if (implied !== undefined && !found.has(name))
        found.set(name, { name, category: implied.category, version: null, evidence: null });
    }
  }
  signed(traces, found);
  if ([...traces.scriptMarkers].some((mark) => mark.startsWith("ga:")))
    note(found, "Google Analytics", "Analytics");
  if ([...traces.scriptMarkers].some((mark) => mark.startsWith("gtm:")))
    note(found, "Google Tag Manager", "Tag manager");
  return [...found.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

interface Evidence {
  assets: string[];
  allAssets: string;
  generators: string[];
  headers: string;
  marks: Set<string>;
  classes: string[];
}

function matchRule(rule: Rule, evidence: Evidence): { version: string | undefined } | undefined {
  let matched = false;
  let version: string | undefined;
  if (rule.generator !== undefined) {
    for (const generator of evidence.generators) {
      const match = rule.generator.exec(generator);
      if (match === null) continue;
      matched = true;
      version ??= match[1];
    }
  }
  if (rule.header !== undefined) {
    const match = rule.header.exec(evidence.headers);
    if (match !== null) {
      matched = true;
      version ??= match[1];
    }
  }
  const needle = rule.asset?.find((asset) => evidence.allAssets.includes(asset));
  if (needle !== undefined) {
    matched = true;
    version ??= versionOf(rule, evidence.assets, needle);
  }
  if (!matched && rule.mark !== undefined) matched = evidence.marks.has(rule.mark);
  if (!matched && rule.class !== undefined)
    matched = evidence.classes.some((value) => rule.class?.test(value));
  return matched ? { version } : undefined;
}

function versionOf(rule: Rule, assets: string[], needle: string): string | undefined {
  if (rule.version === undefined) return undefined;
  for (const asset of assets) {
    if (!asset.includes(needle)) continue;
    const match = rule.version.exec(asset);
    const version = match?.[1] ?? match?.[2];
    if (version !== undefined) return version;
  }
  return undefined;
}

/** Tools that sign their output with a comment, some with a version. */
function signed(traces: SiteTraces, found: Map<string, TechnologyFacts>): void {
  for (const signature of traces.signatures) {
    const yoast = /Yoast SEO(?: Premium)? plugin v(\d[\d.]*\d)/.exec(signature);
    if (yoast !== null) note(found, "Yoast SEO", "SEO", yoast[1]);
    if (/Rank Math/.test(signature)) note(found, "Rank Math", "SEO");
    if (/All in One SEO/.test(signature))
      note(
        found,
        "All in One SEO",
        "SEO",
        /All in One SEO[^\d]{0,30}(\d[\d.]*\d)/.exec(signature)?.[1],
      );
    if (/W3 Total Cache/.test(signature)) note(found, "W3 Total Cache", "Cache");
    if (/WP Rocket/.test(signature)) note(found, "WP Rocket", "Cache");
    if (/SEOPress/.test(signature)) note(found, "SEOPress", "SEO");
    if (/This is Squarespace/.test(signature)) note(found, "Squarespace", "Site builder");
  }
}

function note(
  found: Map<string, TechnologyFacts>,
  name: string,
  category: TechnologyCategory,
  version?: string,
): void {
  const known = found.get(name);
  found.set(name, { name, category, version: known?.version ?? version ?? null, evidence: null });
}

function headerLines(headers: HeaderMap): string {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(headers)) {
    for (const part of Array.isArray(value) ? value : [value ?? ""])
      lines.push(`${name}: ${part.slice(0, 1_000)}`.toLowerCase());
  }
  return lines.join("\n");
}
