import { HEADERS } from "@scrapersky/api/contract";
import type { Standing } from "./shared-limit.ts";

/**
 * The fields of draft-ietf-httpapi-ratelimit-headers: which limits hold, by name, points and seconds of a window; and what is
 * left of them for how many seconds.
 */
export const limitHeaders = (standings: readonly Standing[]): [name: string, value: string][] =>
  standings.length === 0
    ? []
    : [
        [
          HEADERS.rateLimitPolicy,
          standings
            .map(({ name, window }) => `"${name}";q=${window.points};w=${window.seconds}`)
            .join(", "),
        ],
        [
          HEADERS.rateLimit,
          standings
            .map(({ name, left, resetMs }) => `"${name}";r=${left};t=${Math.ceil(resetMs / 1000)}`)
            .join(", "),
        ],
      ];
