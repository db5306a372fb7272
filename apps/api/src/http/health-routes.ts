import { checkDatabase } from "@scrapersky/api";
import { INSTANCE_HEADER } from "@scrapersky/machine/instance";
import { Hono } from "hono";
import type { AppEnv, Services } from "./app-env.ts";

const CACHE_MS = 1000;

/** Health for load balancers and scripts: needs no key and tells no host, user or pool. */
export function createHealthRoutes({ health, presence, reading }: Services): Hono<AppEnv> {
  const check = cached(() => checkDatabase(health), CACHE_MS);
  const routes = new Hono<AppEnv>();

  routes.get("/", (c) => {
    if (presence.token !== undefined) c.header(INSTANCE_HEADER, presence.token);
    return c.json({ status: "ok" });
  });

  routes.get("/ready", async (c) => {
    if (presence.leaving) return c.json({ status: "stopping" }, 503);
    const { pooled } = await check();
    if (pooled.status !== "ok") return c.json({ status: "error" }, 503);
    const found = await health.findSchema(reading);
    const schema = found && { fingerprint: found.fingerprint, checked_at: found.checkedAt };
    return c.json({ status: "ok", schema });
  });

  routes.get("/database", async (c) => {
    const { status, direct, pooled } = await check();
    const checks = {
      direct: { status: direct.status, latency_ms: direct.latencyMs },
      pooled: { status: pooled.status, latency_ms: pooled.latencyMs },
    };
    return status === "ok"
      ? c.json({ status: "ok", message: "Database connection successful", checks })
      : c.json({ status: "error", message: "Database connection failed", checks }, 500);
  });
  return routes;
}

/** Many probes at once cost one look. */
function cached<T>(work: () => Promise<T>, maxAgeMs: number): () => Promise<T> {
  let latest: { at: number; value: Promise<T> } | undefined;
  return () => {
    if (!latest || performance.now() - latest.at > maxAgeMs)
      latest = { at: performance.now(), value: work() };
    return latest.value;
  };
}
