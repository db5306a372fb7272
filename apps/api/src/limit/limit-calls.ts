import { DomainError } from "@scrapersky/api";
import type { Context } from "hono";
import { createMiddleware } from "hono/factory";
import type { Principal } from "../auth/principal.ts";
import type { AppEnv, Services } from "../http/app-env.ts";
import type { LimitedCaller } from "./caller-limits.ts";
import { limitHeaders } from "./limit-headers.ts";
import { TOO_MANY } from "./too-many.ts";
import { networkOf } from "./network-of.ts";

/** Says with every answer how its caller stands. */
export const tellLimits = createMiddleware<AppEnv>(async (c, next) => {
  await next();
  for (const [name, value] of limitHeaders(c.get("standings") ?? []))
    c.res.headers.set(name, value);
});

/** Counts every request of these routes for the address it comes from: they ask nobody who calls. */
export const limitAddress = (services: Services) =>
  createMiddleware<AppEnv>(async (c, next) => {
    await limitCalls(services, c, undefined, 1);
    return next();
  });

/**
 * Counts calls for whoever makes them: for a key, a person, or the address where neither is known.
 * @throws DomainError RATE_LIMITED
 */
export async function limitCalls(
  { limits }: Services,
  c: Context<AppEnv>,
  principal: Principal | undefined,
  calls: number,
): Promise<void> {
  const { standings, waitMs } = await limits.admit(callerOf(c, principal), calls);
  c.set("standings", standings);
  if (waitMs === undefined) return;
  throw new DomainError("RATE_LIMITED", TOO_MANY, {
    errorCode: "RATE_LIMITED",
    retryAfterMs: waitMs,
  });
}

function callerOf(c: Context<AppEnv>, principal: Principal | undefined): LimitedCaller {
  if (principal?.kind !== "known") {
    return { kind: "address", id: networkOf(c.get("clientAddress")) };
  }
  const { apiKeyId, id } = principal.actor;
  if (apiKeyId !== null) return { kind: "key", id: apiKeyId };
  return { kind: c.get("drawsPage") ? "page" : "person", id };
}
