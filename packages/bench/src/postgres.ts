import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";

/** A server that waits for its disk, as the product's does: without that a benchmark flatters. */
export const startBenchPostgres = (): Promise<EmbeddedPostgres> =>
  startTemporaryPostgres({
    database: "bench",
    onDisk: true,
    settings: { fsync: "on", synchronous_commit: "on", full_page_writes: "on" },
  });
