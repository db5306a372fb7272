import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from "node:zlib";
import { type Failure, failure } from "./failure.ts";

export type Unpacked = { ok: true; body: Buffer } | Failure;

/**
 * Undoes one layer of content encoding, synchronously: below 100 kB that costs less than a thread's round trip. Output
 * is bounded while it unpacks, so a bomb never grows. `partial` says the wire limit cut the body and its end is missing.
 */
export function unpack(
  body: Buffer,
  encoding: string,
  options: { bodyBytesMax: number; partial: boolean },
): Unpacked {
  const layers = encoding
    .toLowerCase()
    .split(",")
    .map((layer) => layer.trim())
    .filter((layer) => layer !== "" && layer !== "identity");
  const [layer] = layers;
  if (layers.length > 1) return failure("bad_encoding", `layers: ${layers.join(", ")}`);
  if (layer === undefined || body.length === 0) return { ok: true, body };
  const maxOutputLength = options.bodyBytesMax;
  const zlib = options.partial
    ? { maxOutputLength, finishFlush: constants.Z_SYNC_FLUSH }
    : { maxOutputLength };
  try {
    switch (layer) {
      case "gzip":
      case "x-gzip":
        // a server that names gzip and sends the plain page is believed by its bytes
        return isGzip(body) ? { ok: true, body: gunzipSync(body, zlib) } : plain(body, layer);
      case "deflate":
        return { ok: true, body: inflate(body, zlib) };
      case "br":
        return {
          ok: true,
          body: brotliDecompressSync(body, {
            maxOutputLength,
            ...(options.partial ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
          }),
        };
      case "zstd":
        return {
          ok: true,
          body: zstdDecompressSync(body, {
            maxOutputLength,
            ...(options.partial ? { finishFlush: constants.ZSTD_e_flush } : {}),
          }),
        };
      default:
        return failure("bad_encoding", layer.slice(0, 40));
    }
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ERR_BUFFER_TOO_LARGE")
      return failure("too_large", `more than ${maxOutputLength} bytes`);
    return plain(body, layer);
  }
}

export const isGzip = (body: Buffer): boolean => body[0] === 0x1f && body[1] === 0x8b;

/** Deflate means zlib to the standard and raw to some servers. */
function inflate(body: Buffer, options: { maxOutputLength: number; finishFlush?: number }): Buffer {
  return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, options) : inflateRawSync(body, options);
}

function plain(body: Buffer, layer: string): Unpacked {
  const start = body.subarray(0, 512).toString("latin1").trimStart();
  return start.startsWith("<") ? { ok: true, body } : failure("bad_encoding", `not ${layer}`);
}
