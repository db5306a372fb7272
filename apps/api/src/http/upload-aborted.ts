import type { Context } from "hono";
import type { AppEnv } from "./app-env.ts";

/**
 * Whether the client went away before all of its request was here. What comes of that is no fault of
 * anybody's here, whatever the code that was reading makes of it.
 */
export function isUploadAborted(c: Context<AppEnv>): boolean {
  const incoming = c.env?.incoming;
  return incoming?.destroyed === true && incoming.complete === false;
}
