/**
 * Over HTTP/1.1 a browser keeps six connections to a host, for all its windows together, and an event stream holds one as
 * long as it lives. So a browser has this many streams; windows beyond them ask again and again.
 */
const PLACES = ["stream:1", "stream:2", "stream:3"];

/** Waits for a place, opens the stream, and keeps both until `leave` fires. Without locks, as over plain HTTP, none is had. */
const takePlace = (open: () => () => void, leave: AbortSignal): void => {
  const found = new AbortController();
  const waiting = AbortSignal.any([leave, found.signal]);
  for (const place of PLACES) {
    navigator.locks
      ?.request(place, { signal: waiting }, async () => {
        // Two places can come at once; one is enough.
        if (waiting.aborted) return;
        found.abort();
        const close = open();
        await new Promise((resolve) => leave.addEventListener("abort", resolve));
        close();
      })
      .catch(() => undefined);
  }
};

/** Keeps a stream open while this window is in sight and has one of the browser's places; the returned function ends it. */
export const streamWhileSeen = (open: () => () => void): (() => void) => {
  let leave: AbortController | undefined;
  const end = (): void => {
    leave?.abort();
    leave = undefined;
  };
  const follow = (): void => {
    if (document.visibilityState === "hidden") end();
    else if (leave === undefined) takePlace(open, (leave = new AbortController()).signal);
  };
  follow();
  document.addEventListener("visibilitychange", follow);
  return () => {
    document.removeEventListener("visibilitychange", follow);
    end();
  };
};
