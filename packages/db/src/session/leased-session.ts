import { DatabaseError } from "./errors.ts";
import type { Slot } from "./slot.ts";
import type { Db } from "./types.ts";

/** A connection of one's own: what is set on it stays until it is released. */
export interface LeasedSession extends Db, AsyncDisposable {
  /**
   * Hears notifications on a channel until the function it resolves to is called.
   * @param onPayload must not throw
   */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  /** Fires when the connection ends for any reason: locks and channels are gone then. */
  readonly ended: AbortSignal;
  /** Closes the connection: nothing that was set on it reaches anybody else. */
  release(): Promise<void>;
}

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** Adds to a session over `slot` what only a connection of one's own can do. */
export function ownSession(
  db: Db,
  run: (text: string) => Promise<unknown>,
  slot: Slot,
  giveBack: () => void,
): LeasedSession {
  const channels = new Map<string, Set<(payload: string) => void>>();
  const ended = new AbortController();
  slot.onNotify = (channel, payload) => {
    for (const tell of channels.get(channel) ?? []) tell(payload);
  };
  slot.onDeath(() => ended.abort());
  const release = async () => {
    await slot.close();
    giveBack();
  };
  return Object.assign(db, {
    ended: ended.signal,
    release,
    [Symbol.asyncDispose]: release,
    async listen(channel: string, onPayload: (payload: string) => void) {
      const hearers = channels.get(channel) ?? new Set();
      channels.set(channel, hearers.add(onPayload));
      if (hearers.size === 1) await run(`listen ${quoted(channel)}`);
      return async () => {
        hearers.delete(onPayload);
        if (hearers.size > 0 || ended.signal.aborted) return;
        channels.delete(channel);
        await run(`unlisten ${quoted(channel)}`);
      };
    },
  });
}

export const needsOwnConnection = (why: string): DatabaseError =>
  new DatabaseError(
    "unsupported",
    `${why}: LISTEN, session locks and temporary tables need mode "session" or "direct"`,
  );
