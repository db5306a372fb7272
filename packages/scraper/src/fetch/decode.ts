import {
  brotliDecompressSync,
  constants,
  gunzipSync,
  inflateRawSync,
  inflateSync,
  zstdDecompressSync,
} from "node:zlib";
import { type Failure, failure } from "./failure.ts";
import { afterLead, isGzip, isMarkup, isText, isZstd } from "./magic.ts";
import { type Coding, salvage, ZSTD } from "./salvage.ts";

export interface UnpackOptions {
  bodyBytesMax: number;
  /** The end of the body is missing: the connection or a limit cut it. */
  partial: boolean;
  /**
   * What the body should turn out to be. A page longer than the limit is refused, a text is cut there; and either is taken as it
   * came where its encoding is named wrongly.
   */
  holds: "page" | "text";
}

export type Unpacked =
  | {
      ok: true;
      body: Buffer;
      /** Part of it could not be unpacked, or was over the limit. */
      cut: boolean;
    }
  | Failure;

const LAYERS_MAX = 2;
/** Words that servers put where an encoding is named, and that name none: nothing, transfers and charsets. */
const NO_CODING =
  /^(?:|identity|none|no|off|null|plain|text|text\/html|html|binary|chunked|[78]-?bit|utf-?(?:8|16)|us-ascii|iso-8859-\d{1,2}|windows-\d{3,4}|latin-?1)$/;
const CODINGS: Record<string, Coding> = {
  gzip: "gzip",
  "x-gzip": "gzip",
  deflate: "deflate",
  br: "br",
  zstd: "zstd",
};

/**
 * Undoes the content encoding of a body as browsers do: by its bytes where they say otherwise than its name, and up to where it
 * breaks. Output is bounded while it unpacks, so a bomb never grows. Synchronous but for broken bodies: below 100 kB that costs
 * less than a thread's round trip.
 */
export async function unpack(
  body: Buffer,
  encoding: string,
  options: UnpackOptions,
): Promise<Unpacked> {
  const layers = encoding
    .toLowerCase()
    .split(",")
    .map((layer) => layer.trim().replace(/^"(.*)"$/, "$1"))
    .filter((layer) => !NO_CODING.test(layer));
  if (layers.length > LAYERS_MAX)
    return failure("bad_encoding", `layers: ${layers.join(", ").slice(0, 80)}`);
  let result: Unpacked = { ok: true, body, cut: false };
  if (body.length === 0) return result;
  for (const layer of layers.toReversed()) {
    const inner: Unpacked = await undo(result.body, layer, options);
    if (!inner.ok) return inner;
    result = { ...inner, cut: inner.cut || result.cut };
  }
  // servers that hand out packed files do not always say so
  if (layers.length === LAYERS_MAX || !isGzip(result.body)) return result;
  const unnamed = await undo(result.body, "gzip", options);
  if (!unnamed.ok) return unnamed.code === "too_large" ? unnamed : result;
  return { ...unnamed, cut: unnamed.cut || result.cut };
}

async function undo(packed: Buffer, layer: string, options: UnpackOptions): Promise<Unpacked> {
  const body = afterLead(packed);
  const { bodyBytesMax, holds } = options;
  const named = Object.hasOwn(CODINGS, layer) ? CODINGS[layer] : undefined;
  const coding = isGzip(body) ? "gzip" : isZstd(body) ? "zstd" : named;
  const fits = holds === "page" ? isMarkup : isText;
  const plain = (): Unpacked =>
    fits(body)
      ? { ok: true, body, cut: false }
      : failure("bad_encoding", `not ${layer.slice(0, 40)}`);
  if (coding === undefined || (coding === "gzip" && !isGzip(body))) return plain();
  try {
    return { ok: true, body: unpackWhole(body, coding, options), cut: false };
  } catch (error) {
    const isLong = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    if (isLong && holds === "page") return tooLarge(bodyBytesMax);
  }
  const { whole, body: part } = await salvage(body, coding, bodyBytesMax);
  if (part.length === 0 || !fits(part)) return plain();
  if (part.length < bodyBytesMax) return { ok: true, body: part, cut: !whole };
  return holds === "page" ? tooLarge(bodyBytesMax) : { ok: true, body: part, cut: true };
}

const tooLarge = (bytesMax: number): Failure => failure("too_large", `more than ${bytesMax} bytes`);

/** Most pages unpack in one piece of this size; in the usual sixteen kilobytes they take half as long again. */
const CHUNK_BYTES = 131_072;

function unpackWhole(body: Buffer, coding: Coding, options: UnpackOptions): Buffer {
  const { bodyBytesMax: maxOutputLength, partial } = options;
  const bounds = { maxOutputLength, chunkSize: CHUNK_BYTES };
  const zlib = partial ? { ...bounds, finishFlush: constants.Z_SYNC_FLUSH } : bounds;
  switch (coding) {
    case "gzip":
      return gunzipSync(body, zlib);
    case "deflate":
      // means zlib to the standard and raw to some servers
      return ((body[0] ?? 0) & 0x0f) === 8 ? inflateSync(body, zlib) : inflateRawSync(body, zlib);
    case "br":
      return brotliDecompressSync(body, {
        ...bounds,
        ...(partial ? { finishFlush: constants.BROTLI_OPERATION_FLUSH } : {}),
      });
    case "zstd":
      return zstdDecompressSync(body, {
        ...bounds,
        params: ZSTD,
        ...(partial ? { finishFlush: constants.ZSTD_e_flush } : {}),
      });
  }
}
