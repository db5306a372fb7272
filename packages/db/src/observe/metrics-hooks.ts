import { Counter, Gauge, Histogram, type Registry } from "prom-client";
import type { Database } from "../session/database.ts";
import type { DatabaseHooks } from "../session/config/hooks.ts";

/** From an indexed read on loopback to the default deadline of a statement. */
const SECONDS = [
  0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
];
const ANSWERED = "ok";

/**
 * Counts and measures into a registry of one database. Labels are closed sets of words: failure
 * kinds, outcomes and reasons, never a name, a text or a value.
 */
export function metricsHooks(registry: Registry): Required<Omit<DatabaseHooks, "outOfStep">> {
  const registers = [registry];
  const acquire = new Histogram({
    name: "scrapersky_db_acquire_seconds",
    help: "Wait for a free connection, by outcome: ok, or the kind of the failure",
    labelNames: ["outcome"],
    buckets: SECONDS,
    registers,
  });
  const query = new Histogram({
    name: "scrapersky_db_query_seconds",
    help: "Statements, by outcome: ok, or the kind of the failure",
    labelNames: ["outcome"],
    buckets: SECONDS,
    registers,
  });
  const counter = <Label extends string>(name: string, help: string, label: Label) =>
    new Counter({ name: `scrapersky_db_${name}_total`, help, labelNames: [label], registers });
  const transactions = counter("transactions", "Transactions, by how they ended", "outcome");
  const retries = counter("retries", "Tries again after a failure, by what was tried", "what");
  const replaced = counter("connections_replaced", "Connections given up, by reason", "reason");
  const leaks = counter("leaks", "Connections held for too long, by what holds them", "what");
  return {
    acquire: ({ waitedMs, failure = ANSWERED }) =>
      acquire.observe({ outcome: failure }, waitedMs / 1000),
    query: ({ durationMs, failure = ANSWERED }) =>
      query.observe({ outcome: failure }, durationMs / 1000),
    transaction: ({ outcome }) => transactions.inc({ outcome }),
    retry: ({ what }) => retries.inc({ what }),
    replaced: ({ reason }) => replaced.inc({ reason }),
    leak: ({ what }) => leaks.inc({ what }),
  };
}

/** Gauges of a database's pool, read when somebody asks for them. */
export function watchPool(registry: Registry, database: Pick<Database, "stats">): void {
  const gauge = (name: string, help: string, read: () => number) =>
    new Gauge({
      name: `scrapersky_db_pool_${name}`,
      help,
      registers: [registry],
      collect() {
        this.set(read());
      },
    });
  new Gauge({
    name: "scrapersky_db_pool_connections",
    help: "Connections of the pool, by state",
    labelNames: ["state"],
    registers: [registry],
    collect() {
      const { idle, lent, opening } = database.stats();
      for (const [state, count] of Object.entries({ idle, lent, opening })) {
        this.set({ state }, count);
      }
    },
  });
  gauge("connections_min", "Connections kept open", () => database.stats().min);
  gauge("connections_max", "Connections at most", () => database.stats().max);
  gauge("waiting", "Callers that wait for a connection", () => database.stats().waiting);
  gauge("failing", "1 while no connection can be made", () =>
    database.stats().failing === undefined ? 0 : 1,
  );
}
