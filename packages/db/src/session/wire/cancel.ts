// How a statement is cancelled: who asks, what the server does about it, and what becomes of the
// connection. The cases and their reasons stand in docs/decisions/cancelling-a-statement.md.
import type net from "node:net";
import type { Endpoint } from "../config/pool-options.ts";
import { codeOf } from "../errors/classify.ts";
import type { DatabaseError } from "../errors/database-error.ts";
import { openSocket } from "./socket.ts";
import { abortedBy, type StatementOptions, timedOut } from "./statement.ts";

/** Time a cancelled statement gets to answer before its connection is destroyed. */
const GRACE_MS = 500;
const CANCEL_REQUEST = 80_877_102;
const QUERY_CANCELED = "57014";

/** What a server gives at login to whoever may want to cancel. */
export interface CancelKey {
  pid: number;
  secret: number;
}

/** The connection whose statement may have to be cancelled. */
interface Cancellable {
  endpoint: Endpoint;
  /** Undefined before login is complete: nothing can be cancelled there. */
  key: CancelKey | undefined;
  destroy(): void;
}

/** The cancellation of one statement, from the moment it was sent until it is answered or given up. */
export class Cancellation {
  readonly #connection: Cancellable;
  readonly #inVain: (why: DatabaseError) => void;
  #requested: Promise<void> | undefined;
  #deadline: NodeJS.Timeout | undefined;
  #grace: NodeJS.Timeout | undefined;
  #leaveSignal: (() => void) | undefined;
  /** Why it was asked for; undefined while nobody has. */
  reason: DatabaseError | undefined;
  /** True when the server ended the statement for it. */
  helped = false;

  /** @param inVain gets the reason when the server did not answer; the connection is destroyed then */
  constructor(connection: Cancellable, inVain: (why: DatabaseError) => void) {
    this.#connection = connection;
    this.#inVain = inVain;
  }

  /** From now on the deadline, milliseconds away, and the caller's signal ask for it. */
  begin({ timeoutMs, signal }: Pick<StatementOptions, "timeoutMs" | "signal">): void {
    if (timeoutMs) this.#deadline = setTimeout(() => this.#ask(timedOut(timeoutMs)), timeoutMs);
    if (!signal) return;
    const onAbort = () => this.#ask(abortedBy(signal));
    signal.addEventListener("abort", onAbort, { once: true });
    this.#leaveSignal = () => signal.removeEventListener("abort", onAbort);
  }

  /** Asks once; whoever comes second finds it asked for. */
  #ask(why: DatabaseError): void {
    if (this.reason) return;
    this.reason = why;
    const { endpoint, key, destroy } = this.#connection;
    const giveUp = () => {
      this.#inVain(why);
      destroy();
    };
    if (!key) return giveUp();
    this.#requested = requestCancel(endpoint, key, GRACE_MS);
    this.#grace = setTimeout(giveUp, GRACE_MS);
  }

  /**
   * The statement is answered, or its connection has ended. `tell` is called when its caller may hear of
   * it: the next statement on the connection is not sent before that.
   * @param error what it was answered with, if it failed
   */
  answered(error: unknown, tell: () => void): void {
    clearTimeout(this.#deadline);
    clearTimeout(this.#grace);
    this.#leaveSignal?.();
    if (!this.#requested) return tell();
    this.helped = codeOf(error) === QUERY_CANCELED;
    if (this.helped) return void this.#requested.then(tell);
    // They crossed: a request still on its way would hit whatever runs on this connection next.
    tell();
    this.#connection.destroy();
  }
}

/**
 * Asks the server to stop what the connection with this key runs. Resolves when the server has
 * hung up, which is when it has passed the request on, or after `timeoutMs`; never rejects. The
 * driver's own way tells neither its end nor its failure to anybody.
 */
async function requestCancel(
  endpoint: Endpoint,
  { pid, secret }: CancelKey,
  timeoutMs: number,
): Promise<void> {
  let socket: net.Socket | undefined;
  const timer = setTimeout(() => socket?.destroy(), timeoutMs);
  try {
    const opened = await openSocket(endpoint, (opening) => {
      socket = opening;
    });
    const request = Buffer.alloc(16);
    [16, CANCEL_REQUEST, pid, secret].forEach((part, at) => request.writeUInt32BE(part, 4 * at));
    await new Promise<void>((resolve) => {
      opened.once("close", () => resolve());
      opened.resume();
      opened.write(request);
    });
  } catch {
    // A request that does not arrive is one that does not help: the connection will be ended.
  } finally {
    clearTimeout(timer);
  }
}
