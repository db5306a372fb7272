import type { TechnologyEvidence } from "@scrapersky/outcome";
import type { Trace } from "../../extract/site-traces.ts";
import type { HeaderMap } from "../../fetch/wire.ts";
import { CAPS, line } from "../../text.ts";
import { normalizeUrl } from "../../url.ts";
import type { Product } from "../rules/rule.ts";
import type { TechnologySigns } from "../technologies.ts";
import type { Catalogue } from "./catalogue.ts";
import type { Finds } from "./finds.ts";
import { idsOfTags } from "./measuring-ids.ts";
import { versionAfter, versionInComment } from "./versions.ts";

const HEADER_MAX = 1_000;
const COOKIES_MAX = 50;

/** Products that a site names itself: in metas, comments, markup, names of its scripts, headers and cookies. */
export function matchDeclared(signs: TechnologySigns, catalogue: Catalogue, finds: Finds): void {
  const { traces } = signs;
  for (const [content, trace] of traces.generators) {
    const lower = content.trim().toLowerCase();
    for (const { text, product } of catalogue.generators) {
      if (!begins(lower, text)) continue;
      const version = versionAfter(lower.slice(text.length));
      finds.declare(product, at("meta", `generator: ${content}`, trace), version);
    }
  }
  for (const [name, trace] of traces.metas) {
    for (const product of catalogue.metas.get(name) ?? [])
      finds.add(product, at("meta", name, trace));
  }
  for (const [comment, trace] of traces.comments) {
    const lower = comment.toLowerCase();
    for (const { text, product } of catalogue.comments) {
      if (lower.startsWith(text))
        finds.declare(
          product,
          at("html", `<!-- ${comment} -->`, trace),
          versionInComment(lower.slice(text.length)),
        );
    }
  }
  named(catalogue.words, traces.words, "script", finds);
  for (const [id, trace] of traces.ids) {
    for (const product of catalogue.ids.get(kindOf(id)) ?? [])
      finds.add(product, at("script", id, trace));
  }
  for (const { id, address, trace } of idsOfTags(traces)) {
    for (const product of catalogue.ids.get(kindOf(id)) ?? [])
      finds.add(product, at("asset", address, trace));
  }
  for (const [value, trace] of traces.classes) {
    for (const token of OTHER_BLANK.test(value) ? value.split(BLANKS) : value.split(" ")) {
      for (const product of catalogue.marks.get(token) ?? [])
        finds.add(product, at("html", token, trace));
    }
  }
  named(catalogue.attributes, traces.attributes, "html", finds);
  matchHeaders(signs, catalogue, finds);
}

function named(
  known: ReadonlyMap<string, Product[]>,
  traces: ReadonlyMap<string, Trace>,
  where: TechnologyEvidence["where"],
  finds: Finds,
): void {
  for (const [name, trace] of traces)
    for (const product of known.get(name) ?? []) finds.add(product, at(where, name, trace));
}

function matchHeaders(
  { headers, home }: TechnologySigns,
  catalogue: Catalogue,
  finds: Finds,
): void {
  const page = { page: home };
  for (const [name, values] of Object.entries(headers)) {
    for (const value of listOf(values)) {
      const lower = value.slice(0, HEADER_MAX).toLowerCase();
      for (const sign of catalogue.headers.get(name.toLowerCase()) ?? []) {
        const place = sign.anywhere
          ? lower.indexOf(sign.value)
          : begins(lower, sign.value)
            ? 0
            : -1;
        if (place === -1) continue;
        const version =
          sign.value === "" ? null : versionAfter(lower.slice(place + sign.value.length));
        finds.declare(sign.product, at("header", `${name}: ${value}`, page), version);
      }
    }
  }
  for (const cookie of listOf(headers["set-cookie"]).slice(0, COOKIES_MAX)) {
    const name = cookie.slice(0, 100).split("=", 1)[0] ?? "";
    const lower = name.trim().toLowerCase();
    for (const { text, product } of catalogue.cookies) {
      // its value is the visitor's own and not kept
      if (lower.startsWith(text)) finds.add(product, at("cookie", name, page));
    }
  }
}

/** "GTM-" of "GTM-ABC123". */
const kindOf = (id: string): string => id.slice(0, id.indexOf("-") + 1);

const BLANKS = /\s+/;
const OTHER_BLANK = /[^\S ]/;

const listOf = (value: HeaderMap[string]): string[] =>
  Array.isArray(value) ? value : value === undefined ? [] : [value];

/** Whether `text` begins with `name`, and not with a longer word. */
function begins(text: string, name: string): boolean {
  if (!text.startsWith(name)) return false;
  const next = text[name.length];
  return name === "" || next === undefined || !/[a-z]/.test(next) || !/[a-z]$/.test(name);
}

const at =
  (where: TechnologyEvidence["where"], what: string, { page }: Trace) =>
  (): TechnologyEvidence => ({
    where,
    what: line(what, 200),
    page: line(normalizeUrl(page), CAPS.url),
  });
