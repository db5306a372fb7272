import { randomUUIDv7 } from "node:crypto";
import type { SortedEntry } from "../intake/sort-lines.ts";
import { DomainError } from "../errors/domain-error.ts";
import { BATCH_DOMAINS_MAX } from "./batch.contract.ts";

/** A distinct line of the batch and the job it becomes. */
export interface PlannedJob {
  jobId: string;
  /** What the job is known by: the clean host, or the text of a line that names none. */
  domain: string;
  input: string;
  /** Why it fails from the start; null for a job to be scraped. */
  reason: string | null;
}

/**
 * The jobs of a list's entries, in its order.
 * @throws DomainError INVALID_INPUT when they are more than a batch holds, or none names a web site
 */
export function planJobs(entries: readonly SortedEntry[]): PlannedJob[] {
  const jobs = withoutDoubles(entries);
  if (jobs.length > BATCH_DOMAINS_MAX) {
    const most = BATCH_DOMAINS_MAX.toLocaleString("en");
    throw new DomainError("INVALID_INPUT", `A batch holds at most ${most} domains.`, {
      errorCode: "TOO_MANY_DOMAINS",
      fieldErrors: {
        domains: `At most ${most} domains; these are ${jobs.length.toLocaleString("en")}.`,
      },
    });
  }
  // The queue takes the jobs of one batch by their ids: in the order of the list.
  const jobIds = jobs.map(() => randomUUIDv7()).toSorted();
  const planned = jobs.map((line, position) => ({
    jobId: jobIds[position]!,
    domain: line.domain ?? line.input,
    input: line.input,
    reason: line.domain === null ? (line.reason ?? "This is not a domain name.") : null,
  }));
  if (planned.every((job) => job.reason !== null)) {
    throw new DomainError(
      "INVALID_INPUT",
      "None of the lines names a web site that can be scraped.",
      {
        errorCode: "NO_VALID_DOMAIN",
        fieldErrors: { domains: planned[0]?.reason ?? "The list names nothing." },
      },
    );
  }
  return planned;
}

/** A refused line becomes a job under its own text, which therefore must be distinct as well. */
function withoutDoubles(entries: readonly SortedEntry[]): SortedEntry[] {
  const refused = new Set<string>();
  return entries.filter(({ kind, input }) => {
    if (kind !== "invalid") return kind !== "duplicate";
    const isNew = !refused.has(input);
    refused.add(input);
    return isNew;
  });
}
