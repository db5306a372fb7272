import type { Db } from "@scrapersky/db";
import type { Logger } from "pino";
import { createSignInLimit, SIGN_IN_WINDOW_SECONDS } from "../auth/sign-in-limit.ts";
import type { Services } from "../http/app-env.ts";
import { createCallerLimits } from "./caller-limits.ts";
import { LIMITS, type LimitSettings } from "./default-limits.ts";
import { createStreamLimit } from "./stream-limit.ts";
import { createLimitStore } from "./limit-store.ts";

/** A machine that is busy with guesses must not count them by itself. */
const SIGN_IN_PATIENCE_MS = 10_000;

/** Everything that is counted, as the settings say; what they leave out is as usual. */
export function createLimits(
  db: Db,
  log: Logger,
  settings: { [Name in keyof LimitSettings]?: number | undefined },
): Pick<Services, "limits" | "signIns" | "streams"> {
  const chosen = { ...LIMITS };
  for (const name of Object.keys(LIMITS) as (keyof LimitSettings)[]) {
    chosen[name] = settings[name] ?? chosen[name];
  }
  const createCounter = createLimitStore(db, log);
  const failures = chosen.LIMIT_SIGN_IN_FAILURES;
  return {
    streams: createStreamLimit(db, log, chosen.LIMIT_STREAMS),
    limits: createCallerLimits(chosen, createCounter),
    signIns: createSignInLimit(
      failures === 0
        ? undefined
        : createCounter("sign-in", {
            points: failures,
            seconds: SIGN_IN_WINDOW_SECONDS,
            patienceMs: SIGN_IN_PATIENCE_MS,
          }),
    ),
  };
}
