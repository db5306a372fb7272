import { appRouter } from "@scrapersky/api";
import { Gauge, Histogram, type Registry } from "@scrapersky/db/observe";

/** A request that was answered. */
export interface Answered {
  method: string;
  /** The pattern of whoever answered, such as `/api/v3/jobs/:job_id`. */
  pattern: string;
  path: string;
  status: number;
  ms: number;
}

export type OnAnswered = (answered: Answered) => void;

const SECONDS = [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const TRPC = "/api/trpc/";
const METHODS = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);

/** Measures requests by route and status. What a client writes is never a label: unknown routes and methods are `other`. */
export function requestMetrics(registry: Registry): OnAnswered {
  const procedures = new Set(Object.keys(appRouter._def.procedures));
  const seconds = new Histogram({
    name: "scrapersky_http_request_seconds",
    help: "Requests until the answer begins, by method, route or procedure, and status",
    labelNames: ["method", "route", "status"],
    buckets: SECONDS,
    registers: [registry],
  });
  const routeOf = ({ pattern, path }: Answered): string => {
    if (!path.startsWith(TRPC)) return pattern.endsWith("*") ? "other" : pattern;
    const asked = path.slice(TRPC.length);
    if (procedures.has(asked)) return asked;
    return asked.includes(",") ? "several procedures" : "other";
  };
  return (answered) => {
    const method = METHODS.has(answered.method) ? answered.method : "other";
    const labels = { method, route: routeOf(answered), status: String(answered.status) };
    seconds.observe(labels, answered.ms / 1_000);
  };
}

/** How many event streams this api holds open. */
export function watchStreams(registry: Registry, streams: { readonly open: number }): void {
  new Gauge({
    name: "scrapersky_event_streams",
    help: "Event streams that are open here",
    registers: [registry],
    collect() {
      this.set(streams.open);
    },
  });
}
