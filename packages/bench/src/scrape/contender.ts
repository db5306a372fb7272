import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { createInterface } from "node:readline";

/** What every contender is given: the same sites, and where they listen. */
export interface Course {
  /** Sites that are read before the clock starts: code warms up on them, and what was read there is compared. */
  warmup: string[];
  /** Sites that are read against the clock. */
  names: string[];
  allow: { hosts: Record<string, { http?: string; https?: string }>; ca?: string };
  /** Pages to read per site. */
  pages: number;
  concurrency: number;
  tls: boolean;
  /** Where packages of contenders are that the workspace does not install. */
  packages?: string;
}

/** What a page says, in one form for all that look for it. White space is folded, what is absent is "". */
export interface PageWords {
  title: string;
  description: string;
  h1: string;
  canonical: string;
  robots: string;
  language: string;
  /** Distinct, sorted. */
  schemaTypes: string[];
  hasForm: boolean;
}

export interface PageRead {
  /** Of the page's HTML. */
  bytes: number;
  words?: PageWords;
}

/** How a business is reached, from all pages of its site, as far as a contender looks for it. */
export interface Contacts {
  emails?: string[];
  /** Digits alone. */
  phones?: string[];
  /** Addresses of accounts. */
  socials?: string[];
}

export interface SiteRead {
  /** By path. */
  pages: Record<string, PageRead>;
  contacts?: Contacts;
}

export type Reads = Record<string, SiteRead>;

/** Where a contender tells what it has read, page by page or site by site. */
export interface Sink {
  page(name: string, path: string, read: PageRead): void;
  contacts(name: string, found: Contacts): void;
}

export type Contender = (names: readonly string[], course: Course, sink: Sink) => Promise<void>;

/** What a contender's process prints as its last line. */
export interface Finish {
  pages: number;
  seconds: number;
  cpuSeconds: number;
  peakRssMb: number;
}

/**
 * Runs a contender in this process on the course named by the first argument: once over the warm-up, what was read there
 * written to the file of the second argument; once somebody has looked at that and sent a line, over all sites, timed.
 */
export async function contend(contender: Contender): Promise<void> {
  const [, , courseFile, readsFile] = process.argv;
  if (courseFile === undefined || readsFile === undefined)
    throw new Error("Say where the course is: node <contender>.ts COURSE.json READS.json");
  const course = JSON.parse(readFileSync(courseFile, "utf8")) as Course;
  const reads: Reads = {};
  await contender(course.warmup, course, keeping(reads));
  writeFileSync(readsFile, JSON.stringify(reads));
  const input = createInterface({ input: process.stdin });
  console.log("warm");
  await once(input, "line");

  let pages = 0;
  const cpuBefore = process.cpuUsage();
  const startedAt = performance.now();
  await contender(course.names, course, {
    page: () => {
      pages++;
    },
    contacts: () => {},
  });
  const seconds = (performance.now() - startedAt) / 1000;
  const cpu = process.cpuUsage(cpuBefore);
  const finish: Finish = {
    pages,
    seconds,
    cpuSeconds: (cpu.user + cpu.system) / 1_000_000,
    peakRssMb: process.resourceUsage().maxRSS / 1024,
  };
  console.log(JSON.stringify(finish));
  process.exit(0);
}

function keeping(reads: Reads): Sink {
  const siteOf = (name: string): SiteRead => (reads[name] ??= { pages: {} });
  return {
    page(name, path, read) {
      siteOf(name).pages[path] = read;
    },
    contacts(name, found) {
      const site = siteOf(name);
      const contacts = (site.contacts ??= {});
      for (const kind of ["emails", "phones", "socials"] as const) {
        const more = found[kind];
        if (more !== undefined) contacts[kind] = [...new Set([...(contacts[kind] ?? []), ...more])];
      }
    },
  };
}

/** Runs the task for each of the names, so many at once. */
export async function atOnce(
  names: readonly string[],
  concurrency: number,
  task: (name: string) => Promise<void>,
): Promise<void> {
  let next = 0;
  const worker = async () => {
    for (let name = names[next++]; name !== undefined; name = names[next++]) await task(name);
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
}

/** Where a site listens. */
export function placeOf({ allow, tls }: Course, name: string): { host: string; port: string } {
  const place = allow.hosts[name]?.[tls ? "https" : "http"] ?? "";
  const [host = "", port = ""] = place.split(":");
  return { host, port };
}

export const folded = (text: string | null | undefined): string =>
  (text ?? "").replace(/\s+/g, " ").trim();

export const digitsOf = (phone: string): string => phone.replace(/\D/g, "");
