import { defineStatement, type Executor, executeRawSqlOne } from "@scrapersky/db";
import { streamPlaces } from "@scrapersky/db/schema";

/** A place is its stream's for so long; whoever is there renews it well before. */
export const PLACE_SECONDS = 45;

const taken = defineStatement(
  `insert into app.stream_places (holder, place, stream, ends_at)
   select :holder, free.place, :stream::uuid, now() + :seconds::int * interval '1 second'
   from generate_series(1, :most::int) free (place)
   where not exists (
     select from app.stream_places held
     where held.holder = :holder and held.place = free.place and held.ends_at > now()
   )
   order by free.place limit 1
   on conflict (holder, place) do update set stream = excluded.stream, ends_at = excluded.ends_at
     where stream_places.ends_at <= now()
   returning place`,
  { place: streamPlaces.place },
);

const held = defineStatement(
  `select count(*)::int as places from app.stream_places
   where holder = :holder and place <= :most::int and ends_at > now()`,
  { places: "int4" },
);

/**
 * Takes one of so many places for a stream, whichever api opens it. One statement at a time, so it needs no transaction.
 * @returns whether there was one
 */
export async function takeStreamPlace(
  executor: Executor,
  { holder, stream, most }: { holder: string; stream: string; most: number },
): Promise<boolean> {
  const place = { holder, stream, most, seconds: PLACE_SECONDS };
  // Who is overtaken by another stream looks for the next place: each time one of them gets one.
  while (!(await executeRawSqlOne(executor, taken, place))) {
    const now = await executeRawSqlOne(executor, held, { holder, most });
    if (now && now.places >= most) return false;
  }
  return true;
}
