import { promisify } from "node:util";
import { gzip } from "node:zlib";
import { createMiddleware } from "hono/factory";
import type { AppEnv } from "./app-env.ts";

const pack = promisify(gzip);

/** Smaller answers fit into one packet either way. */
const BYTES_MIN = 1024;
/** Higher ones cost more time than they save on most ways. */
const LEVEL = 3;
const WHOLE = /^(application\/json|text\/html)\b/;
const ACCEPTS = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i;

/**
 * Packs answers that are whole: JSON and pages. What streams is left alone, for it would wait for its packer: events, answers in
 * parts, and files, which pack themselves.
 */
export const packed = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  const { headers, status } = c.res;
  const isStream = headers.has("transfer-encoding") || headers.has("content-disposition");
  if (isStream || headers.has("content-encoding") || c.req.method === "HEAD") return;
  if (!WHOLE.test(headers.get("content-type") ?? "")) return;
  headers.append("vary", "Accept-Encoding");
  // The body is looked at last: that makes a stream of a text which goes out as it is.
  if (!ACCEPTS.test(c.req.header("accept-encoding") ?? "") || !c.res.body) return;
  const whole = Buffer.from(await c.res.arrayBuffer());
  const told = new Headers(headers);
  const isPacked = whole.length >= BYTES_MIN;
  if (isPacked) told.set("content-encoding", "gzip");
  told.delete("content-length");
  c.res = undefined;
  c.res = new Response(isPacked ? await pack(whole, { level: LEVEL }) : whole, {
    status,
    headers: told,
  });
});
