import { adviceFor } from "../session/errors/advice.ts";
import type { HealthResult } from "../session/pool/health.ts";
import type { Finding } from "./finding.ts";

/** Whether one address answers, and if not, what to set. */
export function describeWay(
  variable: string,
  { ok, latencyMs, reason, says, advice }: HealthResult,
): Finding {
  return ok
    ? { status: "ok", says: `${variable} answers in ${latencyMs} ms` }
    : {
        status: "fail",
        says: `${variable} does not answer: ${says ?? reason ?? "other"}`,
        todo: advice ?? adviceFor(reason),
      };
}
