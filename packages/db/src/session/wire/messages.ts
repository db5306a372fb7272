import { DatabaseError } from "../errors/database-error.ts";

const PARSE = 0x50;
const BIND = 0x42;
const QUERY = 0x51;
const PARAMETERS_MAX = 65_535;
/** Describe what was bound, Execute it to its end, Sync. */
const FINISH = Buffer.from(
  "D\x00\x00\x00\x06P\x00E\x00\x00\x00\x09\x00\x00\x00\x00\x00S\x00\x00\x00\x04",
  "latin1",
);
const SYNC = Buffer.from("S\x00\x00\x00\x04", "latin1");
/** CopyFail: there is nothing to copy. */
export const COPY_FAIL = Buffer.from("f\x00\x00\x00\x05\x00", "latin1");
/** The same where a Sync went out with the statement: while it copies, the server drops that one. */
export const COPY_FAIL_SYNC = Buffer.concat([COPY_FAIL, SYNC]);
/** Heads, empty names and counts of Parse and of Bind. */
const PARSE_LENGTH = 5 + 1 + 1 + 2;
const BIND_LENGTH = 5 + 1 + 1 + 2 + 2 + 2;

function refuseNul(text: string): void {
  if (text.includes("\0")) throw new DatabaseError("misuse", "SQL cannot have a NUL character");
}

/**
 * One unnamed statement as Parse, Bind, Describe, Execute and Sync, to be written in one piece. Each
 * parameter is text or null and has no type, so the server infers it; every column comes as text.
 * @throws DatabaseError `misuse`
 */
export function encodeStatement(text: string, parameters: readonly (string | null)[]): Buffer {
  refuseNul(text);
  if (parameters.length > PARAMETERS_MAX) {
    throw new DatabaseError("misuse", `a statement takes ${PARAMETERS_MAX} parameters at most`);
  }
  const textLength = Buffer.byteLength(text);
  let length = PARSE_LENGTH + textLength + BIND_LENGTH + FINISH.length;
  for (const value of parameters) length += 4 + (value === null ? 0 : Buffer.byteLength(value));
  const bytes = Buffer.allocUnsafe(length);

  bytes[0] = PARSE;
  bytes.writeInt32BE(PARSE_LENGTH - 1 + textLength, 1);
  bytes[5] = 0;
  bytes.write(text, 6);
  let at = 6 + textLength;
  bytes[at] = 0;
  at = bytes.writeUInt16BE(0, at + 1);

  const bind = at;
  bytes[bind] = BIND;
  at = bytes.writeUInt16BE(0, bind + 5);
  at = bytes.writeUInt16BE(0, at);
  at = bytes.writeUInt16BE(parameters.length, at);
  for (const value of parameters) {
    const written = value === null ? -1 : bytes.write(value, at + 4);
    at = bytes.writeInt32BE(written, at) + Math.max(0, written);
  }
  at = bytes.writeUInt16BE(0, at);
  bytes.writeInt32BE(at - bind - 1, bind + 1);
  FINISH.copy(bytes, at);
  return bytes;
}

/**
 * A simple query: a statement or a script of several, without parameters.
 * @throws DatabaseError `misuse`
 */
export function encodeScript(text: string): Buffer {
  refuseNul(text);
  const textLength = Buffer.byteLength(text);
  const bytes = Buffer.allocUnsafe(textLength + 6);
  bytes[0] = QUERY;
  bytes.writeInt32BE(textLength + 5, 1);
  bytes.write(text, 5);
  bytes[textLength + 5] = 0;
  return bytes;
}

const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const message = (type: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(type), u32(body.length + 4), body]);

const joined = new Map<string, Buffer>();
const JOINED_MAX = 100;

/**
 * Parse, Bind and Execute of statements without parameters or rows, and no Sync: they join the
 * statement written after them, and when one fails the server skips everything up to that Sync.
 */
export function joinBefore(statements: readonly string[]): Buffer {
  const key = statements.join(";");
  const known = joined.get(key);
  if (known) return known;
  const bytes = Buffer.concat(
    statements.flatMap((text) => [
      message("P", Buffer.concat([Buffer.from(`\0${text}\0`), Buffer.alloc(2)])),
      message("B", Buffer.alloc(8)),
      message("E", Buffer.alloc(5)),
    ]),
  );
  if (joined.size < JOINED_MAX) joined.set(key, bytes);
  return bytes;
}
