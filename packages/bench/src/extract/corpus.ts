import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import type { Site } from "@scrapersky/testing/sites";

/** What a careful reader found on a site: `expected.json` in its folder. docs/benchmarks.md tells the format. */
export interface Expected {
  host: string;
  /** Sent with every page. */
  headers?: Record<string, string>;
  emails: string[];
  /** E.164, as are `faxes`. */
  phones: string[];
  faxes: string[];
  /** Addresses of accounts. */
  socials: string[];
  /** Names as the catalogue of technologies has them. */
  technologies: string[];
  bestEmail: string | null;
  /** Of several spellings any one is right. */
  businessName: string | string[] | null;
  town: string | string[] | null;
  /** ISO 3166 alpha-2. */
  country: string | null;
}

/** One saved site of a corpus. */
export interface SavedSite {
  /** Name of its folder. */
  slug: string;
  expected: Expected;
  site: Site;
}

const PAGE = /\.html?$/i;

/** Saved sites of a folder, by name. Throws where an `expected.json` is missing or no JSON, or a site has no start page. */
export function readCorpus(folder: string): SavedSite[] {
  const slugs = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
  if (slugs.length === 0) throw new Error(`${folder} has no folder of a saved site.`);
  return slugs.map((slug) => {
    const place = join(folder, slug);
    const said: Partial<Expected> = JSON.parse(readFileSync(join(place, "expected.json"), "utf8"));
    if (typeof said.host !== "string") throw new Error(`${place}/expected.json names no host.`);
    const expected: Expected = { ...NOTHING, ...said, host: said.host };
    return { slug, expected, site: siteOf(expected, readPages(place)) };
  });
}

const NOTHING: Omit<Expected, "host"> = {
  emails: [],
  phones: [],
  faxes: [],
  socials: [],
  technologies: [],
  bestEmail: null,
  businessName: null,
  town: null,
  country: null,
};

/** Bytes of each page by its path without ending and last slash: "" is the start page. */
function readPages(place: string): Map<string, Uint8Array> {
  const pages = new Map<string, Uint8Array>();
  for (const entry of readdirSync(place, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !PAGE.test(entry.name)) continue;
    const file = join(entry.parentPath, entry.name);
    pages.set(pageKey(`/${relative(place, file).split(sep).join("/")}`), readFileSync(file));
  }
  if (!pages.has("")) throw new Error(`${place} has no index.html.`);
  return pages;
}

function pageKey(path: string): string {
  return path
    .replace(/[?#].*$/, "")
    .replace(PAGE, "")
    .replace(/(?:^|\/)index$/, "")
    .replace(/\/+$/, "");
}

function siteOf({ host, headers }: Expected, pages: Map<string, Uint8Array>): Site {
  return {
    name: host,
    hosts: [host, host.startsWith("www.") ? host.slice(4) : `www.${host}`],
    schemes: ["http", "https"],
    certificate: "valid",
    presentable: false,
    expect: { outcome: "done" },
    answer: ({ path }) => {
      const body = pages.get(pageKey(path));
      if (body === undefined) return { status: 404 };
      return { headers: { "content-type": "text/html", ...headers }, body };
    },
  };
}
