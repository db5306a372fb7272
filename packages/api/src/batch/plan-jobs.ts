import { randomUUIDv7 } from "node:crypto";
import type { SortedEntry } from "../intake/sort-lines.ts";
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

/**
 * The jobs of a list's entries, in its order: one for each domain and, where refused entries fail, one for each text that
 * names none.
 * @param reused domains that are not scanned again
 * @throws DomainError INVALID_INPUT when they are more than a batch holds, or there is nothing to scrape
 */
export function planJobs(
  { entries, refusedFail }: Pick<GivenList, "entries" | "refusedFail">,
  reused: ReadonlySet<string> = NONE,
): Plan {
  const known = new Map<string, number>();
  const jobs: SortedEntry[] = [];
  const places = entries.map((entry) => {
    const { domain, input } = entry;
    if (domain === null ? !refusedFail : reused.has(domain)) return null;
    // A refused line becomes a job under its own text, which therefore must be distinct as well.
    const name = domain === null ? `refused ${input}` : domain;
    const place = known.get(name) ?? jobs.push(entry) - 1;
    known.set(name, place);
    return place;
  });
  if (jobs.length > BATCH_DOMAINS_MAX) throw tooMany(jobs.length);
  if (jobs.every(({ domain }) => domain === null)) throw nothingToScrape(entries);
  // The queue takes the jobs of one batch by their ids: in the order of the list.
  const jobIds = jobs.map(() => randomUUIDv7()).toSorted();
  return { jobs: jobs.map((entry, at) => toJob(entry, jobIds[at]!)), places };
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
