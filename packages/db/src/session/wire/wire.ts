const u32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
};

const message = (type: string, body: Buffer): Buffer =>
  Buffer.concat([Buffer.from(type), u32(body.length + 4), body]);

const cache = new Map<string, Buffer>();
const CACHE_MAX = 100;

/**
 * Parse, Bind and Execute of statements without parameters or rows, and no Sync: they join the
 * statement written after them, and when one fails the server skips everything up to that Sync.
 */
export function joinBefore(statements: readonly string[]): Buffer {
  const key = statements.join(";");
  const known = cache.get(key);
  if (known) return known;
  const bytes = Buffer.concat(
    statements.flatMap((text) => [
      message("P", Buffer.concat([Buffer.from(`\0${text}\0`), Buffer.alloc(2)])),
      message("B", Buffer.alloc(8)),
      message("E", Buffer.alloc(5)),
    ]),
  );
  if (cache.size < CACHE_MAX) cache.set(key, bytes);
  return bytes;
}
