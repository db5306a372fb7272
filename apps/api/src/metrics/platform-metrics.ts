import { type PlatformGauges, readGauges } from "@scrapersky/api";
import { type Db, withDeadline, withStatementTags } from "@scrapersky/db";
import { Gauge, type Registry } from "@scrapersky/db/observe";
import type { Queue } from "@scrapersky/queue";

/** Deadline of each statement: an answer without these numbers is better than none. */
const READ_MS = 2_000;

type Value = [labels: Record<string, string>, value: number];

const queueMessages = ({ queues }: PlatformGauges): Value[] =>
  queues.flatMap(({ queue, waiting, later, claimed }) =>
    Object.entries({ waiting, later, claimed }).map(([state, count]): Value => [
      { queue, state },
      count,
    ]),
  );

const queueOldest = ({ queues }: PlatformGauges): Value[] =>
  queues.map(({ queue, oldestSeconds }) => [{ queue }, oldestSeconds ?? 0]);

/**
 * Numbers of the whole platform, read from the database when somebody collects, so that every api tells the same. The api tells
 * them because they matter most where no worker is left. While they cannot be read they are missing, and `database_readable` is 0.
 */
export function watchPlatform(
  registry: Registry,
  db: Db,
  queue: Pick<Queue, "countMessages">,
): void {
  const reader = withDeadline(db, READ_MS);
  let reading: Promise<PlatformGauges | undefined> | undefined;
  /** One reading for all of them: a registry collects them side by side. */
  const read = () =>
    (reading ??= withStatementTags({ procedure: "api.metrics" }, () => readGauges(reader, queue))
      .catch(() => undefined)
      .finally(() => (reading = undefined)));
  const gauge = (
    name: string,
    help: string,
    labelNames: string[],
    tell: (found: PlatformGauges | undefined) => Value[],
  ) =>
    new Gauge({
      name: `scrapersky_${name}`,
      help,
      labelNames,
      registers: [registry],
      async collect() {
        const found = await read();
        this.reset();
        // One without labels is 0 after that, which would be told.
        if (labelNames.length === 0) this.remove();
        for (const [labels, value] of tell(found)) this.set(labels, value);
      },
    });
  const single = (name: string, help: string, value: (found: PlatformGauges) => number) =>
    gauge(name, help, [], (found) => (found === undefined ? [] : [[{}, value(found)]]));

  gauge("database_readable", "1 where the numbers of the platform could be read", [], (found) => [
    [{}, found === undefined ? 0 : 1],
  ]);
  gauge("queue_messages", "Messages of a queue, by state", ["queue", "state"], (found) =>
    found === undefined ? [] : queueMessages(found),
  );
  gauge(
    "queue_oldest_seconds",
    "For how long the oldest message that may be claimed has been; 0 where none may",
    ["queue"],
    (found) => (found === undefined ? [] : queueOldest(found)),
  );
  single("open_jobs", "Jobs of open batches that are not over", ({ open }) => open.jobs);
  single("open_batches", "Batches neither over nor paused", ({ open }) => open.batches);
  single(
    "database_oldest_transaction_seconds",
    "Age of the oldest transaction of this database",
    ({ oldestTransactionSeconds }) => oldestTransactionSeconds,
  );
  single(
    "database_xmin_age",
    "Transactions since the oldest snapshot that is held",
    ({ xminAge }) => xminAge,
  );
  single(
    "database_frozen_xid_age",
    "Transactions since the oldest row that is not frozen",
    ({ frozenAge }) => frozenAge,
  );
}
