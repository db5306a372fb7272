import { setTimeout as pause } from "node:timers/promises";

/** Longer than an API that died needs to be back. */
const PATIENCE_MS = 60_000;
const PAUSE_SECONDS = 1;

/**
 * Asks an API that may be away for moments: asks again when it answers 503, after its Retry-After, or
 * not at all. So the request must be harmless when it arrives twice.
 * @throws Error with what was answered
 */
export async function callPatiently<T>(
  findUrl: () => Promise<string>,
  init: RequestInit & { signal: AbortSignal },
  patienceMs: number = PATIENCE_MS,
): Promise<T> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const url = await findUrl();
    const response = await fetch(url, init).catch((error: unknown) => {
      init.signal.throwIfAborted();
      return new Error(`${new URL(url).pathname} was not answered`, { cause: error });
    });
    const isAway = response instanceof Error || response.status === 503;
    if (!isAway || performance.now() > deadline) return await read<T>(url, response);
    const told = response instanceof Error ? null : response.headers.get("retry-after");
    if (!(response instanceof Error)) await response.body?.cancel();
    const waitMs = (told !== null && /^\d+$/.test(told) ? Number(told) : PAUSE_SECONDS) * 1000;
    await pause(waitMs, undefined, { signal: init.signal });
  }
}

async function read<T>(url: string, response: Response | Error): Promise<T> {
  if (response instanceof Error) throw response;
  if (response.ok) return (await response.json()) as T;
  throw new Error(`${new URL(url).pathname} answered ${response.status}: ${await response.text()}`);
}
