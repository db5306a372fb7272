import { createHash } from "node:crypto";
import { DomainError } from "../errors/domain-error.ts";

/**
 * A cursor carries the sort keys of the last row and a checksum over them, the tenant and the filters,
 * so one list's cursor is refused by another. It is not a secret: it only names a place in rows the
 * caller may read anyway.
 */
const CHECKSUM_LENGTH = 12;

/** @param scope everything the list depends on besides its place: tenant, list name, filters */
export function writeCursor(scope: unknown, keys: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify([checksum(scope, keys), ...keys])).toString("base64url");
}

/**
 * @returns the sort keys, in the order they were written
 * @throws DomainError INVALID_INPUT when the cursor is garbled or belongs to another list or filter
 */
export function readCursor(scope: unknown, cursor: string, length: number): string[] {
  const parts = decode(cursor);
  const [sum, ...keys] = parts ?? [];
  if (!parts || keys.length !== length || sum !== checksum(scope, keys)) {
    throw new DomainError(
      "INVALID_INPUT",
      "This cursor belongs to another list or filter; start from the first page.",
      {
        errorCode: "INVALID_CURSOR",
        fieldErrors: { cursor: "does not fit this list" },
      },
    );
  }
  return keys.map(String);
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
