// What this server asks of the api is of the trace that asked for it. Next gives its parts modules of their own, so they
// meet at the global object.
const PLACE = Symbol.for("scrapersky.traceparent");
type Reading = () => string | undefined;
const meeting = globalThis as { [PLACE]?: Reading };

/** From now on the open span is found by this. */
export const keepTraceparents = (read: Reading): void => void (meeting[PLACE] = read);

/** The header that leads on from the open span; nothing where no spans are kept. */
export function traceHeaders(): { traceparent?: string } {
  const traceparent = meeting[PLACE]?.();
  return traceparent === undefined ? {} : { traceparent };
}
