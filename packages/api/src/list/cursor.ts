import { createHash } from "node:crypto";
import { DomainError } from "../errors/domain-error.ts";

/**
 * A cursor carries the sort keys of the last row and a checksum over them, the tenant and the filters,
 * so one list's cursor is refused by another. It is not a secret: it only names a place in rows the
 * caller may read anyway. The checksum has no key, so a caller can write a cursor of any content: what
 * each key is has to be looked at before the database is asked.
 */
const CHECKSUM_LENGTH = 12;

const INT_MAX = 2_147_483_647;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** As the database prints it. */
const TIME = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d{1,6})?(?:[+-]\d\d(?::\d\d)?)?$/;

const FITS = {
  int: (key: string) => /^\d{1,10}$/.test(key) && Number(key) <= INT_MAX,
  uuid: (key: string) => UUID.test(key),
  time: (key: string) => key === "-infinity" || (TIME.test(key) && !isNaN(Date.parse(key))),
};

/** What a sort key is in the database. */
export type CursorKey = keyof typeof FITS;

/** @param scope everything the list depends on besides its place: tenant, list name, filters */
export function writeCursor(scope: unknown, keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([checksum(scope, keys), ...keys])).toString("base64url");
}

/**
 * @param kinds what the sort keys are, in the order they were written
 * @returns the sort keys, in the order they were written
 * @throws DomainError INVALID_INPUT when the cursor is garbled or belongs to another list or filter
 */
export function readCursor(scope: unknown, cursor: string, kinds: readonly CursorKey[]): string[] {
  const [sum, ...parts] = decode(cursor) ?? [];
  const keys = parts.map(String);
  const fits =
    sum === checksum(scope, parts) &&
    keys.length === kinds.length &&
    kinds.every((kind, index) => FITS[kind](keys[index] ?? ""));
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
  return keys;
}

function decode(cursor: string): (string | number)[] | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const isFlat =
      Array.isArray(value) &&
      value.every((part) => typeof part === "string" || typeof part === "number");
    return isFlat ? value : undefined;
  } catch {
    return undefined;
  }
}

function checksum(scope: unknown, keys: readonly (string | number)[]): string {
  return createHash("sha256")
    .update(JSON.stringify([scope, keys]))
    .digest("base64url")
    .slice(0, CHECKSUM_LENGTH);
}
