import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import type { NetworkPlace } from "./take-network-places.ts";

const left = defineStatement(
  `update app.network_places held
   set ends_at = now(), free_at = now() + gone.pause_ms * interval '1 millisecond'
   from unnest(:addresses::text[], :places::int[], :pauses::int[]) gone (address, place, pause_ms)
   where held.address = gone.address and held.place = gone.place and held.worker = :worker`,
);

const allLeft = defineStatement(
  "update app.network_places set ends_at = now() where worker = :worker and ends_at > now()",
);

/** Gives a worker's places to whoever comes next, each to be used after so many milliseconds. */
export async function leaveNetworkPlaces(
  executor: Executor,
  worker: string,
  places: readonly (NetworkPlace & { pauseMs: number })[],
): Promise<void> {
  await executeRawSql(executor, left, {
    worker,
    addresses: places.map(({ address }) => address),
    places: places.map(({ place }) => place),
    pauses: places.map(({ pauseMs }) => Math.ceil(pauseMs)),
  });
}

/** The same with all that a worker has, when it ends. */
export async function leaveAllNetworkPlaces(executor: Executor, worker: string): Promise<void> {
  await executeRawSql(executor, allLeft, { worker });
}
