import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import { networkPlaces } from "@scrapersky/db/schema";

export interface NetworkPlace {
  address: string;
  place: number;
}

const taken = defineStatement(
  `insert into app.network_places (address, place, worker, ends_at)
   select free.address, free.place, :worker, now() + :leaseMs::int * interval '1 millisecond'
   from (
     select wanted.address, numbers.place, wanted.count,
       row_number() over (partition by wanted.address order by numbers.place) as nth
     from unnest(:addresses::text[], :counts::int[]) wanted (address, count)
     cross join generate_series(1, :most::int) numbers (place)
     where not exists (
       select from app.network_places held
       where held.address = wanted.address and held.place = numbers.place and held.ends_at > now()
     )
   ) free
   where free.nth <= free.count
   order by free.address, free.place
   on conflict (address, place) do update set worker = excluded.worker, ends_at = excluded.ends_at
     where network_places.ends_at <= now()
   returning address, place,
     greatest(0, extract(epoch from coalesce(free_at, now()) - now()) * 1000)::int as pause_ms`,
  { address: networkPlaces.address, place: networkPlaces.place, pause_ms: "int4" },
);

/**
 * Takes places at network addresses for a worker: so many of each as are wanted and free, whoever else asks. Who is
 * overtaken gets fewer, and asks again. One statement, so it needs no transaction.
 * @param most places that there are at an address
 * @returns each with the milliseconds before it may be used
 */
export async function takeNetworkPlaces(
  executor: Executor,
  asked: {
    worker: string;
    wanted: readonly { address: string; count: number }[];
    most: number;
    leaseMs: number;
  },
): Promise<(NetworkPlace & { pauseMs: number })[]> {
  const rows = await executeRawSql(executor, taken, {
    worker: asked.worker,
    addresses: asked.wanted.map(({ address }) => address),
    counts: asked.wanted.map(({ count }) => count),
    most: asked.most,
    leaseMs: asked.leaseMs,
  });
  return rows.map(({ address, place, pause_ms }) => ({ address, place, pauseMs: pause_ms }));
}
