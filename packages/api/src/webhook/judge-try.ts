/** What one request met: an answer, or why there was none. */
export type TryResult =
  | { kind: "answered"; status: number; retryAfterMs: number | undefined }
  | { kind: "failed"; code: string };

/** What becomes of a delivery after one. `goneAway` disables its webhook, too. */
export type TryVerdict =
  | { move: "deliver" }
  | { move: "retry"; pauseMs: number; error: string }
  | { move: "giveUp"; error: string }
  | { move: "goneAway"; error: string };

const FIRST_PAUSE_MS = 10_000;
const PAUSE_MAX_MS = 4 * 3_600_000;
const GONE = 410;
/** No later try would meet anything else: the address is one that nobody is sent to. */
const FINAL = new Set(["blocked_address"]);

/**
 * Between nothing and a bound that doubles with each try, up to four hours. All of it is left to chance, so that what failed
 * together comes back one by one.
 * @param tries since it was first sent, or sent anew, at least 1
 * @param chance from 0 to 1
 */
export const pauseAfter = (tries: number, chance: number): number =>
  Math.round(chance * Math.min(PAUSE_MAX_MS, FIRST_PAUSE_MS * 2 ** Math.min(tries - 1, 20)));

/**
 * Only 2xx counts as taken: a redirect is not followed. After its last moment a delivery is given up; before it there is always one
 * try at that moment.
 * @param leftMs until that moment
 */
export function judgeTry(
  result: TryResult,
  { tries, leftMs, chance }: { tries: number; leftMs: number; chance: number },
): TryVerdict {
  if (result.kind === "answered" && result.status >= 200 && result.status < 300) {
    return { move: "deliver" };
  }
  const error = result.kind === "answered" ? `http_${result.status}` : result.code;
  if (result.kind === "answered" && result.status === GONE) return { move: "goneAway", error };
  if (leftMs <= 0 || FINAL.has(error)) return { move: "giveUp", error };
  const asked = result.kind === "answered" ? (result.retryAfterMs ?? 0) : 0;
  const pauseMs = Math.min(Math.max(pauseAfter(tries, chance), asked), leftMs);
  return { move: "retry", pauseMs, error };
}
