import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import { networkPlaces } from "@scrapersky/db/schema";
import type { NetworkPlace } from "./take-network-places.ts";

const kept = defineStatement(
  `update app.network_places held set ends_at = now() + :leaseMs::int * interval '1 millisecond'
   from unnest(:addresses::text[], :places::int[]) asked (address, place)
   where held.address = asked.address and held.place = asked.place
     and held.worker = :worker and held.ends_at > now()
   returning held.address, held.place`,
  { address: networkPlaces.address, place: networkPlaces.place },
);

/** Says that a worker still has these places. @returns those that it has: others ran out in the meantime */
export const keepNetworkPlaces = (
  executor: Executor,
  asked: { worker: string; places: readonly NetworkPlace[]; leaseMs: number },
): Promise<NetworkPlace[]> =>
  executeRawSql(executor, kept, {
    worker: asked.worker,
    addresses: asked.places.map(({ address }) => address),
    places: asked.places.map(({ place }) => place),
    leaseMs: asked.leaseMs,
  });
