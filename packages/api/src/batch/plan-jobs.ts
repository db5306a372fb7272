import { randomUUIDv7 } from "node:crypto";
import type { SortedEntry } from "../intake/sort-lines.ts";
import { runStepsInTurn, slicesOf, type Steps } from "../intake/steps.ts";
import { DomainError } from "../errors/domain-error.ts";
import { BATCH_DOMAINS_MAX } from "./batch.contract.ts";
import type { GivenList } from "./read-given.ts";

/** A distinct line of the batch and the job it becomes. */
export interface PlannedJob {
  jobId: string;
  /** What the job is known by: the clean host, or the text of a line that names none. */
  domain: string;
  input: string;
  /** Why it fails from the start; null for a job to be scraped. */
  reason: string | null;
}

/** The jobs of a batch, and which of them each entry of its list became. */
export interface Plan {
  jobs: PlannedJob[];
  /** Places among the jobs, from 0; null for an entry whose last scan is used, and for one that only the list tells. */
  places: (number | null)[];
}

const NONE: ReadonlySet<string> = new Set();
/** Entries that are gone through without a pause: some ten milliseconds. */
const SLICE = 10_000;

/**
 * The jobs of a list's entries, in its order: one for each domain and, where refused entries fail, one for each text that
 * names none. Others have their turn meanwhile.
 * @param reused domains that are not scanned again
 * @throws DomainError INVALID_INPUT when they are more than a batch holds, or there is nothing to scrape
 */
export const planJobs = (
  list: Pick<GivenList, "entries" | "refusedFail">,
  reused: ReadonlySet<string> = NONE,
): Promise<Plan> => runStepsInTurn(planned(list, reused));

function* planned(
  { entries, refusedFail }: Pick<GivenList, "entries" | "refusedFail">,
  reused: ReadonlySet<string>,
): Steps<Plan> {
  const known = new Map<string, number>();
  const found: SortedEntry[] = [];
  const places: Plan["places"] = [];
  for (const slice of slicesOf(entries, SLICE)) {
    if (places.length > 0) yield;
    for (const entry of slice) {
      const { domain, input } = entry;
      if (domain === null ? !refusedFail : reused.has(domain)) {
        places.push(null);
        continue;
      }
      // A refused line becomes a job under its own text, which therefore must be distinct as well.
      const name = domain === null ? `refused ${input}` : domain;
      const place = known.get(name) ?? found.push(entry) - 1;
      known.set(name, place);
      places.push(place);
    }
  }
  if (found.length > BATCH_DOMAINS_MAX) throw tooMany(found.length);
  if (found.every(({ domain }) => domain === null)) throw nothingToScrape(entries);
  const jobs: PlannedJob[] = [];
  for (const slice of slicesOf(found, SLICE)) {
    if (jobs.length > 0) yield;
    // Their index is filled in its order, slice by slice.
    const jobIds = slice.map(() => randomUUIDv7()).toSorted();
    for (const [at, entry] of slice.entries()) jobs.push(toJob(entry, jobIds[at]!));
  }
  return { jobs, places };
}

const NO_NAME = "This is not a domain name.";

const toJob = ({ domain, input, reason }: SortedEntry, jobId: string): PlannedJob => ({
  jobId,
  domain: domain ?? input,
  input,
  reason: domain === null ? (reason ?? NO_NAME) : null,
});

function tooMany(count: number): DomainError {
  const most = BATCH_DOMAINS_MAX.toLocaleString("en");
  return new DomainError("INVALID_INPUT", `A batch holds at most ${most} domains.`, {
    errorCode: "TOO_MANY_DOMAINS",
    fieldErrors: { domains: `At most ${most} domains; these are ${count.toLocaleString("en")}.` },
  });
}

function nothingToScrape(entries: readonly SortedEntry[]): DomainError {
  const refused = entries.find(({ domain }) => domain === null);
  const why = refused ? (refused.reason ?? NO_NAME) : "The list names nothing to scan.";
  return new DomainError(
    "INVALID_INPUT",
    "None of the lines names a web site that can be scraped.",
    {
      errorCode: "NO_VALID_DOMAIN",
      fieldErrors: { domains: why },
    },
  );
}
