import { z } from "zod";
import type { BatchStatus, JobStatus } from "../status.ts";

const SEARCH_LENGTH_MAX = 2000;

export const searchInput = z.object({ q: z.string().max(SEARCH_LENGTH_MAX) });

/** What one box finds: empty where the caller may not read such rows. */
export interface SearchAnswer {
  /** What a pasted id, domain or address names. */
  direct: { kind: "batch" | "job" | "lead" | "schedule" | "profile"; id: string } | null;
  batches: { batchId: string; label: string | null; status: BatchStatus; createdAt: string }[];
  jobs: { jobId: string; domain: string; status: JobStatus; batchId: string | null }[];
  leads: { domainId: string; displayDomain: string; name: string | null; town: string | null }[];
  /** Only for who may read contacts. */
  contacts: { domainId: string; email: string; displayDomain: string; person: string | null }[];
  /** People of the tenant. */
  profiles: { id: string; name: string | null; email: string | null }[];
}
