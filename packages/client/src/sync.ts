import { isConflict } from "./api-error.ts";
import type { ScraperSkyClient } from "./create-client.ts";
import type { Inputs, Outputs } from "./index.ts";

/** Lists that a program keeps a copy of, each with what its answers call one of its rows and what names one that is gone. */
const LISTS = {
  leads: { row: "lead", id: "domainId" },
  contacts: { row: "contact", id: "id" },
  pages: { row: "page", id: "id" },
  jobs: { row: "job", id: "jobId" },
  batches: { row: "batch", id: "batchId" },
} as const;

export type SyncedList = keyof typeof LISTS;

type Changed<Of extends SyncedList> = Outputs[Of]["changed"]["items"][number];
type RowOf<Of extends SyncedList> = NonNullable<
  Changed<Of>[(typeof LISTS)[Of]["row"] & keyof Changed<Of>]
>;

/** What happened, with the rows under the name of their list: `leads`, `contacts` and so on. */
export type SyncPart<Of extends SyncedList = "leads"> = {
  /** As they are now: new ones, and ones that changed. */
  [List in Of]: RowOf<List>[];
} & {
  /** Ids of rows that are gone; of leads, those of their domains. */
  gone: string[];
  /** Of pages: domains of which none is left. */
  goneDomains: string[];
  /** Where to go on: keep it together with what it came with. */
  cursor: string;
  /** True where everything is told anew, at the beginning, after too long a time or after the database was restored: drop what was kept before. */
  fresh: boolean;
};

export interface SyncOptions<Of extends SyncedList = "leads"> {
  /** Leads where nothing is said. */
  of?: Of;
  /** The last part's; everything is told without one. */
  cursor?: string | undefined;
  /** Without a cursor: only what changed since, ISO 8601. */
  updatedSince?: string | undefined;
  signal?: AbortSignal;
}

/** What all of them answer alike. */
interface Answer {
  items: (Record<string, unknown> & { deleted: boolean })[];
  cursor: string;
  more: boolean;
  fresh: boolean;
}
type Ask = (input: Inputs[SyncedList]["changed"], options: object) => Promise<Answer>;

/**
 * What happened to the rows of a list since a cursor, part by part, until there is nothing more at the moment: so that a program
 * keeps a copy. No change is missed; some are told twice.
 * @throws ApiError
 */
export async function* sync<Of extends SyncedList = "leads">(
  client: ScraperSkyClient,
  { of, cursor, updatedSince, signal }: SyncOptions<Of> = {},
): AsyncGenerator<SyncPart<Of>, void> {
  const list: SyncedList = of ?? "leads";
  const { row, id } = LISTS[list];
  const ask = client[list].changed.query as unknown as Ask;
  const options = signal ? { signal } : {};
  let isBegun = false;
  let more = true;
  while (more) {
    let answer: Answer;
    try {
      answer = await ask(cursor === undefined ? { updatedSince } : { cursor }, options);
    } catch (error) {
      if (!isConflict(error) || error.data?.errorCode !== "BEGIN_AGAIN") throw error;
      cursor = updatedSince = undefined;
      isBegun = true;
      continue;
    }
    ({ cursor, more } = answer);
    const goneOf = (key: string) =>
      answer.items.flatMap((item) =>
        item.deleted && typeof item[key] === "string" ? [item[key]] : [],
      );
    yield {
      [list]: answer.items.flatMap((item) => item[row] ?? []),
      gone: goneOf(id),
      goneDomains:
        list === "pages"
          ? answer.items.flatMap((item) =>
              item.deleted && item[id] === null ? [String(item["domainId"])] : [],
            )
          : [],
      cursor,
      fresh: answer.fresh || isBegun,
    } as unknown as SyncPart<Of>;
    isBegun = false;
  }
}
