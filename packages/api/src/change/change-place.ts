import { certain, defineStatement, executeRawSqlOne, nullable, type Reader } from "@scrapersky/db";
import { DomainError } from "../errors/domain-error.ts";
import { type KeyType, readCursor, writeCursor } from "../list/cursor.ts";

/** How far a program has heard of changes: the start of the server that counted them, the revision, and what is behind it. */
export interface ChangePlace {
  revision: string;
  /** What tells places of one revision apart. */
  keys: readonly [first: string, second?: string];
}

/** Where the places of one list of one tenant belong. */
export interface ChangeScope {
  scope: readonly [list: string, tenantId: string];
  /** The one that revisions are counted since now (`findServerStart`). */
  start: string;
}

// What was told of a start ends with what there was when the next one began: the files of a server may have been put back meanwhile.
const known = defineStatement(
  `select app.settled_revision()::text as settled, (
     select min(later.until)::text from app.server_starts later
     where later.number > told.number and later.started <> told.started
   ) as until
   from app.server_starts told where told.id = :start::uuid`,
  { settled: certain("text"), until: nullable("text") },
);

export const writePlace = (
  { scope, start }: ChangeScope,
  { revision, keys }: ChangePlace,
): string => writeCursor(scope, { side: "after", keys: [start, revision, ...keys.map(String)] });

/**
 * @param types of the keys behind the revision
 * @throws DomainError INVALID_INPUT for a cursor of something else; CONFLICT for a place that this database never told, or not
 * with what it has now
 */
export async function readPlace(
  reader: Reader,
  { scope }: ChangeScope,
  cursor: string,
  types: readonly KeyType[],
): Promise<ChangePlace> {
  const read = readCursor(scope, cursor, ["uuid", "xid8", ...types]);
  const [start = "", revision = "0", first = "", second] = read.keys;
  const told = await executeRawSqlOne(reader, known, { start });
  const isKnown =
    told !== undefined &&
    BigInt(revision) <= BigInt(told.settled) &&
    (told.until === null || BigInt(revision) <= BigInt(told.until));
  if (!isKnown) throw beginAgain();
  return { revision, keys: second === undefined ? [first] : [first, second] };
}

export const beginAgain = (): DomainError =>
  new DomainError(
    "CONFLICT",
    "This cursor is too old, or the database was restored from a copy since it was given. Begin again without it, and drop what is not told then.",
    { errorCode: "BEGIN_AGAIN" },
  );
