import type { Context, MiddlewareHandler } from "hono";
import type { AppEnv } from "./app-env.ts";
import { DROPPED_BYTES_MAX, DROPPING_MS_MAX } from "./limits.ts";

type Refuse = (c: Context<AppEnv>) => Response | Promise<Response>;

/**
 * Refuses bodies of more than `bytesMax`, of unknown length too. What is refused is read and dropped before the answer:
 * who writes everything before reading would otherwise meet a reset connection instead of the reason.
 */
export const bodyLimit =
  (bytesMax: number, refuse: Refuse): MiddlewareHandler<AppEnv> =>
  async (c, next) => {
    const { method, headers } = c.req.raw;
    if (method === "GET" || method === "HEAD") return next();
    const told = headers.has("transfer-encoding") ? null : headers.get("content-length");
    if (told !== null && Number(told) <= bytesMax) return next();
    // Looked at last: it makes a request of the standard's of one that nothing else needs as that.
    const { body } = c.req.raw;
    if (!body) return next();
    const reader = body.getReader();
    if (told === null) {
      const read = await readWhole(reader, bytesMax);
      if (read !== undefined) {
        c.req.raw = new Request(c.req.raw, { method: c.req.method, body: read });
        return next();
      }
    }
    await drop(reader, DROPPED_BYTES_MAX, AbortSignal.timeout(DROPPING_MS_MAX));
    return refuse(c);
  };

type Reader = Pick<ReadableStreamDefaultReader<Uint8Array<ArrayBuffer>>, "read">;

/** Undefined when there is more than `bytesMax`. */
async function readWhole(reader: Reader, bytesMax: number): Promise<Blob | undefined> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for (let size = 0; size <= bytesMax;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(parts);
    parts.push(value);
    size += value.length;
  }
  return undefined;
}

/** Reads to the end, at most `bytesMax` bytes and until the signal; gives how many were read. */
export async function drop(reader: Reader, bytesMax: number, until: AbortSignal): Promise<number> {
  const over = new Promise<{ done: true }>((resolve) => {
    until.addEventListener("abort", () => resolve({ done: true }), { once: true });
  });
  let dropped = 0;
  while (dropped < bytesMax && !until.aborted) {
    const part = await Promise.race([reader.read().catch(() => ({ done: true }) as const), over]);
    if (part.done) break;
    dropped += part.value.length;
  }
  return dropped;
}
