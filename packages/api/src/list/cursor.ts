import { createHash } from "node:crypto";
import { DomainError } from "../errors/domain-error.ts";

/**
 * A cursor carries the sort keys of a row, on which side of it a page lies, and a checksum over them, the tenant and the
 * filters, so one list's cursor is refused by another. It is not a secret: it only names a place in rows the
 * caller may read anyway. The checksum has no key, so a caller can write a cursor of any content: what
 * each key is has to be looked at before the database is asked.
 */
const CHECKSUM_LENGTH = 12;

const INT_MAX = 2_147_483_647;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As the database prints it. */
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[+-]\d\d(?::\d\d)?)?$/;

const isTime = (key: string) => key === "-infinity" || (TIME.test(key) && !isNaN(Date.parse(key)));
const FITS = {
  integer: (key: string) => /^\d{1,10}$/.test(key) && Number(key) <= INT_MAX,
  bigint: (key: string) => /^\d{1,18}$/.test(key),
  uuid: (key: string) => UUID.test(key),
  text: (key: string) => !key.includes("\0"),
  xid8: (key: string) => /^\d{1,19}$/.test(key),
  // Where a list is read up to, by a cursor of its own, or a number.
  work: (key: string) => /^(?:\d{1,10}|list [\w-]*)$/.test(key),
  boolean: (key: string) => key === "true" || key === "false",
  timestamp: isTime,
  "timestamp with time zone": isTime,
};

/** What a sort key is in the database. */
export type KeyType = keyof typeof FITS;

/** Where the rows of a page begin, seen from the row whose sort keys these are; `from` and `through` hold that row too. */
export interface Place {
  side: "after" | "from" | "before" | "through";
  keys: string[];
}

const SIDES: readonly unknown[] = ["after", "from", "before", "through"] satisfies Place["side"][];

/** @param scope everything the list depends on besides its place: list name, tenant, filters, order */
export function writeCursor(scope: unknown, { side, keys }: Place): string {
  const parts = [side, ...keys];
  return Buffer.from(JSON.stringify([checksum(scope, parts), ...parts])).toString("base64url");
}

/**
 * @param types what the sort keys are, in the order they were written
 * @throws DomainError INVALID_INPUT when the cursor is garbled or belongs to another list or filter
 */
export function readCursor(scope: unknown, cursor: string, types: readonly KeyType[]): Place {
  const [sum, ...parts] = decode(cursor) ?? [];
  const [side, ...keys] = parts;
  const fits =
    sum === checksum(scope, parts) &&
    SIDES.includes(side) &&
    keys.length === types.length &&
    types.every((type, index) => FITS[type](keys[index] ?? ""));
  if (!fits) {
    throw new DomainError(
      "INVALID_INPUT",
      "This cursor belongs to another list or filter; start from the first page.",
      {
        errorCode: "INVALID_CURSOR",
        fieldErrors: { cursor: "does not fit this list" },
      },
    );
  }
  return { side: side as Place["side"], keys };
}

function decode(cursor: string): string[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isFlat = Array.isArray(value) && value.every((part) => typeof part === "string");
    return isFlat ? value : undefined;
  } catch {
    return undefined;
  }
}

function checksum(scope: unknown, parts: readonly string[]): string {
  return createHash("sha256")
    .update(JSON.stringify([scope, parts]))
    .digest("base64url")
    .slice(0, CHECKSUM_LENGTH);
}
