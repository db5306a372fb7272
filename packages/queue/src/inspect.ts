// What stands in the queue, for whoever looks after it. Reads only.
import {
  certain,
  defineStatement,
  executeRawSql,
  nullable,
  type Reader,
  typed,
} from "@scrapersky/db";
import { isClaimed, isOffered } from "./message-state.ts";
import { LOST, SCRAPE, type ScrapeMessage } from "./scrape-message.ts";

/** How many messages of a queue are in which state. */
export interface QueueCounts {
  queue: string;
  /** May be claimed now. */
  waiting: number;
  /** May be claimed later. */
  later: number;
  claimed: number;
  /** For how long the oldest one that may be claimed has been; null where none may. */
  oldestSeconds: number | null;
}

/** A message that some worker has claimed. */
export interface ClaimedMessage {
  jobId: string;
  domain: string;
  /** Waits for others at its network address. */
  waits: boolean;
}

const READY = `${isOffered("j.state")} and not j.blocked and j.start_after <= now()`;

const counted = defineStatement(
  `select queue.name as queue,
     count(j.id) filter (where ${READY})::int as waiting,
     count(j.id) filter (where ${isOffered("j.state")} and not (${READY}))::int as later,
     count(j.id) filter (where ${isClaimed("j.state")})::int as claimed,
     extract(epoch from now() - min(greatest(j.created_on, j.start_after)) filter (where ${READY}))::float8 as oldest_seconds
   from unnest(array['${SCRAPE}', '${LOST}']) with ordinality as queue (name, place)
   left join pgboss.job j on j.name = queue.name
   group by queue.name, queue.place order by queue.place`,
  {
    queue: certain("text"),
    waiting: "int4",
    later: "int4",
    claimed: "int4",
    oldest_seconds: nullable("float8"),
  },
);

/** All queues: what there is to scrape, and what was given up and waits to be ended. */
export async function countMessages(reader: Reader): Promise<QueueCounts[]> {
  const rows = await executeRawSql(reader, counted);
  return rows.map(({ oldest_seconds: oldestSeconds, ...counts }) => ({ ...counts, oldestSeconds }));
}

const claimedNow = defineStatement(
  `select j.id, j.data from pgboss.job j
   where j.name = '${SCRAPE}' and ${isClaimed("j.state")} order by j.started_on, j.id limit :limit::int`,
  { id: "uuid", data: certain(typed<ScrapeMessage & { waiting?: boolean }>("jsonb")) },
);

/** What is claimed, the oldest claims first. */
export async function findClaimed(reader: Reader, limit: number): Promise<ClaimedMessage[]> {
  const rows = await executeRawSql(reader, claimedNow, { limit });
  return rows.map(({ id, data }) => ({
    jobId: id,
    domain: data.domain,
    waits: data.waiting === true,
  }));
}
