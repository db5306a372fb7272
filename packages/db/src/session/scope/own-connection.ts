import { DatabaseError } from "../errors/database-error.ts";
import { quotedName } from "../sql/quoted-name.ts";
import type { Slot } from "../wire/slot.ts";
import type { Handle } from "./handle.ts";

/** What only a connection of one's own can do. */
export interface OwnConnection extends AsyncDisposable {
  /**
   * Hears notifications on a channel until the function it resolves to is called.
   * @param onPayload must not throw
   */
  listen(channel: string, onPayload: (payload: string) => void): Promise<() => Promise<void>>;
  /** Fires when the connection ends for any reason: locks and channels are gone then. */
  readonly ended: AbortSignal;
  /** Waits for what is under way and closes the connection: nothing that was set on it reaches anybody else. */
  release(): Promise<void>;
}

interface Hearer {
  hear(payload: string): void;
}

/** Who hears what on one connection. */
class Channels {
  readonly #handle: Handle;
  readonly #hearers = new Map<string, Set<Hearer>>();

  constructor(handle: Handle) {
    this.#handle = handle;
  }

  tell(channel: string, payload: string): void {
    for (const { hear } of this.#hearers.get(channel) ?? []) hear(payload);
  }

  /** Statements run in the order they are asked for, so a LISTEN after an UNLISTEN stands. */
  async add(channel: string, hear: Hearer["hear"]): Promise<() => Promise<void>> {
    const hearer = { hear };
    const hearers = this.#hearers.get(channel) ?? new Set();
    this.#hearers.set(channel, hearers.add(hearer));
    try {
      await this.#handle.query(`listen ${quotedName(channel)}`, []);
    } catch (error) {
      await this.#remove(channel, hearer);
      throw error;
    }
    return () => this.#remove(channel, hearer);
  }

  async #remove(channel: string, hearer: Hearer): Promise<void> {
    const hearers = this.#hearers.get(channel);
    if (!hearers?.delete(hearer) || hearers.size > 0) return;
    this.#hearers.delete(channel);
    // Without the connection there is nothing to stop.
    await this.#handle.query(`unlisten ${quotedName(channel)}`, []).catch(() => {});
  }
}

/** Makes the session on `slot` one whose connection is its own until it is released. */
export function ownConnection(handle: Handle, slot: Slot, giveBack: () => void): OwnConnection {
  const channels = new Channels(handle);
  const ended = new AbortController();
  slot.onNotify = (channel, payload) => channels.tell(channel, payload);
  slot.onDeath(() => {
    ended.abort();
    giveBack();
  });
  const release = async () => {
    await handle.end();
    await slot.close();
  };
  return {
    ended: ended.signal,
    release,
    [Symbol.asyncDispose]: release,
    listen: (channel, onPayload) => channels.add(channel, onPayload),
  };
}

export const needsOwnConnection = (why: string): DatabaseError =>
  new DatabaseError(
    "unsupported",
    `${why}: LISTEN, session locks and temporary tables need mode "session" or "direct"`,
  );
