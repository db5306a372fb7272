import type { Transform } from "node:stream";
import {
  constants,
  crc32,
  createBrotliDecompress,
  createInflateRaw,
  createZstdDecompress,
  inflateRawSync,
} from "node:zlib";
import { isGzip } from "./magic.ts";

export type Coding = "gzip" | "deflate" | "br" | "zstd";

export interface Salvaged {
  body: Buffer;
  /** The packed stream came to its end; what follows it, or its check sum, was wrong. */
  whole: boolean;
}

/** RFC 8878: eight megabytes of window are for everybody, more would be memory that a sender asks of us. */
export const ZSTD = { [constants.ZSTD_d_windowLogMax]: 23 };

const MEMBERS_MAX = 100;
const TRAILER_BYTES = 8;
const DEFLATE_TRAILER_BYTES = 4;
/** Output of the piece in which a stream breaks is lost, so pieces are small. */
const PIECE_BYTES = 4_096;

/**
 * What can be unpacked of a body that is broken: cut, damaged, with a false check sum, or followed by bytes that are none of it.
 * At most `bytesMax` bytes come out.
 */
export async function salvage(body: Buffer, coding: Coding, bytesMax: number): Promise<Salvaged> {
  if (coding === "br")
    return { whole: false, body: await drain(createBrotliDecompress(), body, bytesMax) };
  if (coding === "zstd")
    return {
      whole: false,
      body: await drain(createZstdDecompress({ params: ZSTD }), body, bytesMax),
    };
  if (coding === "gzip") return salvageGzip(body, bytesMax);
  const hasHead =
    ((body[0] ?? 0) & 0x0f) === 8 && (((body[0] ?? 0) << 8) + (body[1] ?? 0)) % 31 === 0;
  const packed = hasHead ? body.subarray(2) : body;
  const inner = await inflate(packed, bytesMax);
  // raw data may begin like a head by chance
  if (inner.body.length === 0 && hasHead) return inflate(body, bytesMax);
  return { ...inner, whole: inner.ended && inner.read + DEFLATE_TRAILER_BYTES === packed.length };
}

async function salvageGzip(body: Buffer, bytesMax: number): Promise<Salvaged> {
  const pieces: Buffer[] = [];
  let size = 0;
  let rest = body;
  for (let member = 0; member < MEMBERS_MAX && size < bytesMax; member++) {
    const packed = rest.subarray(gzipHeadBytes(rest));
    const inner = await inflate(packed, bytesMax - size);
    pieces.push(inner.body);
    size += inner.body.length;
    rest = packed.subarray(inner.read + TRAILER_BYTES);
    // damaged data may seem to end early; then neither its length nor its check sum is right
    const isRight =
      inner.ended &&
      packed.length - inner.read >= TRAILER_BYTES &&
      (rest.length === 0 || packed.readUInt32LE(inner.read) === crc32(inner.body));
    if (!isRight || !isGzip(rest)) return { whole: isRight, body: Buffer.concat(pieces) };
  }
  return { whole: false, body: Buffer.concat(pieces) };
}

interface Inflated extends Salvaged {
  /** The stream said that it ends here. */
  ended: boolean;
  /** Bytes it took. */
  read: number;
}

/** Inflates a raw stream up to its end, or to where it breaks. */
async function inflate(packed: Buffer, bytesMax: number): Promise<Inflated> {
  try {
    const { buffer, engine } = inflateRawSync(packed, {
      info: true,
      maxOutputLength: bytesMax,
      finishFlush: constants.Z_SYNC_FLUSH,
    }) as unknown as { buffer: Buffer; engine: { bytesWritten: number } };
    const read = engine.bytesWritten;
    return { body: buffer, read, ended: read < packed.length, whole: false };
  } catch {
    const body = await drain(createInflateRaw(), packed, bytesMax);
    return { body, read: packed.length, ended: false, whole: false };
  }
}

/** Length of a gzip head: ten bytes, and the optional fields that its flags announce. */
function gzipHeadBytes(body: Buffer): number {
  const flags = body[3] ?? 0;
  let at = 10;
  if ((flags & 4) !== 0) at += 2 + (body[at] ?? 0) + ((body[at + 1] ?? 0) << 8);
  for (const flag of [8, 16]) if ((flags & flag) !== 0) at = body.indexOf(0, at) + 1 || body.length;
  return (flags & 2) === 0 ? at : at + 2;
}

function drain(stream: Transform, packed: Buffer, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve) => {
    const pieces: Buffer[] = [];
    let size = 0;
    const end = () => {
      resolve(Buffer.concat(pieces, Math.min(size, bytesMax)));
      stream.destroy();
    };
    stream.on("data", (piece: Buffer) => {
      pieces.push(piece);
      size += piece.length;
      if (size >= bytesMax) end();
    });
    stream.once("end", end);
    stream.once("error", end);
    const feed = (at: number) => {
      if (stream.destroyed) return;
      if (at >= packed.length) stream.end();
      else stream.write(packed.subarray(at, at + PIECE_BYTES), () => feed(at + PIECE_BYTES));
    };
    feed(0);
  });
}
