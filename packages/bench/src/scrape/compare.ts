import type { Contacts, PageRead, PageWords, Reads, SiteRead } from "./contender.ts";

const TOLD_MAX = 10;
const LAST_DIGITS = 9;

/**
 * What one contender read of the same sites as another, in sentences of which none is a good sign. Pages and their
 * sizes have to be equal; words and contacts too, as far as both look for them. Patterns take more for telephone numbers
 * than there are, so of those each has to have the other's only.
 */
export function differencesOf(reads: Reads, reference: Reads): string[] {
  const told: string[] = [];
  for (const [name, wanted] of Object.entries(reference)) {
    const site = reads[name];
    if (site === undefined) told.push(`${name} was not read`);
    else told.push(...differencesOfSite(site, wanted).map((what) => `${name}${what}`));
    if (told.length > TOLD_MAX) return [...told.slice(0, TOLD_MAX), "and more"];
  }
  return told;
}

function* pagesOf(site: SiteRead, wanted: SiteRead) {
  const paths = new Set([...Object.keys(site.pages), ...Object.keys(wanted.pages)]);
  for (const path of paths) yield [path, site.pages[path], wanted.pages[path]] as const;
}

function differencesOfSite(site: SiteRead, wanted: SiteRead): string[] {
  const told: string[] = [];
  for (const [path, page, other] of pagesOf(site, wanted)) {
    if (page === undefined || other === undefined)
      told.push(`${path} was ${page === undefined ? "not read" : "read by one alone"}`);
    else told.push(...differencesOfPage(page, other).map((what) => `${path} ${what}`));
  }
  if (site.contacts !== undefined && wanted.contacts !== undefined)
    told.push(...differencesOfContacts(site.contacts, wanted.contacts));
  return told;
}

function differencesOfPage(page: PageRead, other: PageRead): string[] {
  const told = page.bytes === other.bytes ? [] : [`has ${page.bytes} bytes, not ${other.bytes}`];
  if (page.words === undefined || other.words === undefined) return told;
  for (const key of Object.keys(other.words) as (keyof PageWords)[]) {
    const [one, two] = [page.words[key], other.words[key]].map((value) => JSON.stringify(value));
    if (one !== two) told.push(`${key}: ${one}, not ${two}`);
  }
  return told;
}

const PLAIN: Record<keyof Contacts, (text: string) => string> = {
  emails: (text) => text.toLowerCase(),
  // with or without the country's prefix
  phones: (text) => text.slice(-LAST_DIGITS),
  socials: (text) =>
    text
      .toLowerCase()
      .replace(/^https?:\/\/(?:www\.)?/, "")
      .replace(/\/$/, ""),
};

function differencesOfContacts(found: Contacts, wanted: Contacts): string[] {
  const told: string[] = [];
  for (const kind of ["emails", "phones", "socials"] as const) {
    if (found[kind] === undefined || wanted[kind] === undefined) continue;
    const one = new Set(found[kind].map(PLAIN[kind]));
    const other = new Set(wanted[kind].map(PLAIN[kind]));
    const missing = [...other].filter((value) => !one.has(value));
    const more = kind === "phones" ? [] : [...one].filter((value) => !other.has(value));
    if (missing.length > 0) told.push(` lacks the ${kind} ${missing.join(", ")}`);
    if (more.length > 0) told.push(` has more ${kind}: ${more.join(", ")}`);
  }
  return told;
}
