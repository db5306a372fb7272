import { isConflict } from "./api-error.ts";
import type { ScraperSkyClient } from "./create-client.ts";
import type { Outputs } from "./index.ts";

type Changed = Outputs["leads"]["changed"]["items"][number];

export interface SyncPart {
  /** Leads as they are now: new ones, and ones that changed. */
  leads: NonNullable<Changed["lead"]>[];
  /** `domainId`s of leads that are gone. */
  gone: string[];
  /** Where to go on: keep it together with what it came with. */
  cursor: string;
  /** True where everything is told anew, at the beginning or after the database was restored: drop what was kept before. */
  fresh: boolean;
}

export interface SyncOptions {
  /** The last part's; everything is told without one. */
  cursor?: string | undefined;
  /** Without a cursor: only what changed since, ISO 8601. */
  updatedSince?: string | undefined;
  signal?: AbortSignal;
}

/**
 * What happened to the leads since a cursor, part by part, until there is nothing more at the moment: so that a program keeps
 * a copy. No change is missed; some are told twice.
 * @throws ApiError
 */
export async function* sync(
  client: ScraperSkyClient,
  { cursor, updatedSince, signal }: SyncOptions = {},
): AsyncGenerator<SyncPart, void> {
  const options = signal ? { signal } : {};
  let fresh = cursor === undefined && updatedSince === undefined;
  let more = true;
  while (more) {
    const asked = cursor === undefined ? { updatedSince } : { cursor };
    let answer: Outputs["leads"]["changed"];
    try {
      answer = await client.leads.changed.query(asked, options);
    } catch (error) {
      if (!isConflict(error) || error.data?.errorCode !== "BEGIN_AGAIN") throw error;
      cursor = updatedSince = undefined;
      fresh = true;
      continue;
    }
    const { items } = answer;
    cursor = answer.cursor;
    more = answer.more;
    yield {
      leads: items.flatMap(({ lead }) => lead ?? []),
      gone: items.filter(({ deleted }) => deleted).map(({ domainId }) => domainId),
      cursor,
      fresh,
    };
    fresh = false;
  }
}
