import type { EndedAttempt } from "@scrapersky/api/services";
import { Counter, Gauge, type Registry } from "@scrapersky/db/observe";
import type { Metrics } from "@scrapersky/outcome";

/** What happens to the domains of a worker. */
export interface WorkerEvents {
  /** An attempt ended, and what its visit cost; undefined: it was refused, as the job is over or another worker's now. */
  ended(attempt: EndedAttempt | undefined, cost: Metrics): void;
  /** The visit was ended from here. */
  givenBack(): void;
  /** So many leases ran out on other workers, or on this one. */
  leasesLost(count: number): void;
}

export const NO_EVENTS: WorkerEvents = {
  ended() {},
  givenBack() {},
  leasesLost() {},
};

const ATTEMPT = { complete: "done", fail: "failed", retry: "retry" } as const;
const NONE = "none";

/** Counts them. Codes are a closed list; no domain, tenant or text is a label. */
export function workerMetrics(registry: Registry): WorkerEvents {
  const counter = <Label extends string>(name: string, help: string, labelNames: Label[]) =>
    new Counter({ name: `scrapersky_${name}_total`, help, labelNames, registers: [registry] });
  const attempts = counter("attempts", "Attempts of this worker that ended, by outcome and code", [
    "outcome",
    "code",
  ]);
  const jobs = counter("jobs", "Jobs that this worker ended, by outcome and code", [
    "outcome",
    "code",
  ]);
  const lost = counter("leases_lost", "Claims whose worker gave no sign of life any more", []);
  const pages = counter("pages", "Pages read", []);
  const bytes = counter("visit_bytes", "Bytes of bodies on the wire", []);
  const requests = counter("visit_requests", "Requests to sites", []);
  return {
    ended(attempt, cost) {
      if (attempt === undefined) return attempts.inc({ outcome: "refused", code: NONE });
      const { move, code } = attempt;
      const labels = { code: code ?? NONE };
      attempts.inc({ outcome: ATTEMPT[move], ...labels });
      if (move !== "retry")
        jobs.inc({ outcome: move === "fail" ? "failed" : "complete", ...labels });
      pages.inc(cost.pages);
      bytes.inc(cost.bytes);
      requests.inc(cost.requests);
    },
    givenBack: () => attempts.inc({ outcome: "given_back", code: NONE }),
    leasesLost: (count) => lost.inc(count),
  };
}

/** What the worker is at, read when somebody asks. */
export function watchWorker(
  registry: Registry,
  worker: { readonly running: number; readonly state: string },
  concurrency: number,
): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `scrapersky_worker_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  gauge(
    "domains",
    "Domains that are visited, wait for their place or are recorded",
    () => worker.running,
  );
  gauge("concurrency", "Domains that may be visited at the same time", () => concurrency);
  gauge("working", "1 while it claims work", () => (worker.state === "ok" ? 1 : 0));
}
