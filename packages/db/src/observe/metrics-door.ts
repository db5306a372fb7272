import { createHash, timingSafeEqual } from "node:crypto";
import type { Registry } from "prom-client";

export interface MetricsAnswer {
  status: 200 | 401 | 404;
  contentType: string;
  body: string;
}

/** @param authorization the request's header, as it was sent */
export type MetricsDoor = (authorization: string | undefined) => Promise<MetricsAnswer>;

const PLAIN = "text/plain; charset=utf-8";
const digest = (text: string) => createHash("sha256").update(text).digest();

/**
 * Answers whoever collects metrics, and only with `Authorization: Bearer <token>`. Without a token
 * set there is no such page.
 */
export function createMetricsDoor(registry: Registry, token: string | undefined): MetricsDoor {
  // Digests have one length, so the comparison takes the same time for every guess.
  const expected = token === undefined ? undefined : digest(token);
  return async (authorization) => {
    if (expected === undefined) return { status: 404, contentType: PLAIN, body: "Not Found\n" };
    const sent = /^Bearer +(\S+)$/i.exec(authorization ?? "")?.[1] ?? "";
    return timingSafeEqual(digest(sent), expected)
      ? { status: 200, contentType: registry.contentType, body: await registry.metrics() }
      : { status: 401, contentType: PLAIN, body: "Unauthorized\n" };
  };
}
