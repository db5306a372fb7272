import type net from "node:net";
import postgres from "postgres";
import { classifyServerError, codeOf, connectFailed, type ServerError } from "./classify.ts";
import { DatabaseError } from "./errors.ts";
import { encodeParameter } from "./parameters.ts";
import { slotTypes, type StatementResult } from "./results.ts";
import { openSocket, Tap, type Endpoint } from "./socket.ts";

/** Time a cancelled statement gets to answer before its connection is destroyed. */
const CANCEL_GRACE_MS = 500;

export interface SlotOptions extends Endpoint {
  user: string;
  database: string;
  password: string | undefined;
  applicationName: string;
  connectTimeoutMs: number;
}

export interface StatementOptions {
  signal?: AbortSignal | undefined;
  /** Milliseconds until the statement is cancelled on the server. */
  timeoutMs?: number | undefined;
  /** Rows as arrays of values instead of objects. */
  arrays?: boolean | undefined;
}

/** The parts of a postgres.js query that its types do not show. Pinned to 3.4.9 by tests. */
interface PendingQuery extends PromiseLike<StatementResult> {
  values(): unknown;
  cancel(): Promise<unknown> | null;
}

/**
 * Without the driver's own Describe round trip a parametrised statement is one write
 * (Parse, Bind, Describe, Execute, Sync). Safe because all parameters are text or null.
 */
const NEVER_DESCRIBE_FIRST = { get: () => false, set: () => {}, configurable: true };

/** The driver wants to connect again after a server accepted and closed; a slot never does. */
const HUNG_UP = Object.assign(new Error("the server closed the connection during login"), {
  code: "ECONNRESET",
});

const isServerError = (error: unknown): error is ServerError & Error =>
  error instanceof Error && error.name === "PostgresError";

/**
 * One physical connection, used by one caller at a time, one statement in flight. Once it is dead it
 * stays dead: it never reconnects, so a statement can only run where its caller believes it runs.
 */
export class Slot {
  readonly #options: SlotOptions;
  readonly #tap = new Tap();
  readonly #sql: postgres.Sql;
  #socket: net.Socket | undefined;
  #opened = false;
  #cancelling = false;
  #busy = false;
  #dead = false;
  /** Statements run so far. */
  uses = 0;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#sql = postgres({
      host: options.host,
      port: options.port,
      user: options.user,
      database: options.database,
      ...(options.password === undefined ? {} : { password: options.password }),
      ssl: false,
      max: 1,
      prepare: false,
      fetch_types: false,
      idle_timeout: 0,
      max_lifetime: null,
      connect_timeout: options.connectTimeoutMs / 1000,
      keep_alive: 30,
      onnotice: () => {},
      onclose: () => {
        this.#dead = true;
      },
      connection: { application_name: options.applicationName },
      types: slotTypes,
      // `socket` is an option of the driver that its types leave out.
      ...({ socket: () => this.#connect() } as object),
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** True when the last answer left no transaction open, so another caller may have the slot. */
  get clean(): boolean {
    return !this.#dead && !this.#busy && (!this.#opened || this.#tap.status() === "I");
  }

  #connect(): net.Socket | Promise<net.Socket> {
    if (this.#cancelling) return openSocket(this.#options);
    if (this.#opened) throw HUNG_UP;
    this.#opened = true;
    const opening = openSocket(this.#options);
    return opening instanceof Promise
      ? opening.then((socket) => this.#adopt(socket))
      : this.#adopt(opening);
  }

  #adopt(socket: net.Socket): net.Socket {
    this.#socket = socket;
    if (this.#dead) socket.destroy();
    this.#tap.watch(socket, () => {
      this.#dead = true;
    });
    return socket;
  }

  /**
   * Runs one statement (or, without parameters, a script of several).
   * @throws DatabaseError
   */
  async run(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions = {},
  ): Promise<StatementResult> {
    if (this.#dead) throw this.#lost(undefined);
    if (this.#busy) throw new DatabaseError("misuse", "one statement at a time on a connection");
    if (options.signal?.aborted) throw abortedBy(options.signal);
    const encoded = parameters.map(encodeParameter);
    this.#busy = true;
    this.uses++;
    try {
      const query = this.#sql.unsafe(
        text,
        encoded as never[],
        {
          simple: encoded.length === 0,
        } as object,
      ) as unknown as PendingQuery;
      if (encoded.length > 0) Object.defineProperty(query, "describeFirst", NEVER_DESCRIBE_FIRST);
      if (options.arrays) query.values();
      return await (options.signal || options.timeoutMs ? this.#guard(query, options) : query);
    } catch (error) {
      throw this.#explain(error);
    } finally {
      this.#busy = false;
    }
  }

  /** Cancels on the server when the deadline passes or the signal fires; destroys the slot if that does not help. */
  #guard(query: PendingQuery, options: StatementOptions): Promise<StatementResult> {
    return new Promise((resolve, reject) => {
      let reason: DatabaseError | undefined;
      let cancelled: Promise<unknown> = Promise.resolve();
      let grace: NodeJS.Timeout | undefined;
      const stop = (why: DatabaseError) => {
        if (reason) return;
        reason = why;
        if (!this.#tap.loggedIn) {
          this.destroy();
          reject(reason);
          return;
        }
        this.#cancelling = true;
        cancelled = Promise.resolve(query.cancel()).catch(() => {});
        this.#cancelling = false;
        grace = setTimeout(() => {
          this.destroy();
          reject(why);
        }, CANCEL_GRACE_MS);
      };
      const onAbort = () => stop(abortedBy(options.signal!));
      const deadline = options.timeoutMs
        ? setTimeout(
            () =>
              stop(
                new DatabaseError("statement_timeout", `no answer within ${options.timeoutMs} ms`),
              ),
            options.timeoutMs,
          )
        : undefined;
      options.signal?.addEventListener("abort", onAbort, { once: true });
      const settle = (finish: () => void) => {
        clearTimeout(deadline);
        options.signal?.removeEventListener("abort", onAbort);
        // A late cancel request would hit whatever runs on this backend next.
        void cancelled.then(() => {
          clearTimeout(grace);
          finish();
        });
      };
      query.then(
        (result) => settle(() => resolve(result)),
        (error: unknown) =>
          settle(() => reject(reason && codeOf(error) === "57014" ? reason : error)),
      );
    });
  }

  #explain(error: unknown): DatabaseError {
    if (error instanceof DatabaseError) return error;
    const wasLoggedIn = this.#tap.loggedIn;
    if (
      isServerError(error) &&
      error.severity !== "FATAL" &&
      error.severity !== "PANIC" &&
      wasLoggedIn
    ) {
      return classifyServerError(error, error);
    }
    this.destroy();
    if (!wasLoggedIn) return isServerError(error) ? loginRefused(error) : connectFailed(error);
    return this.#lost(error);
  }

  #lost(cause: unknown): DatabaseError {
    const fatal = this.#tap.fatal();
    if (fatal) return classifyServerError(fatal, cause);
    return new DatabaseError("connection_lost", "the connection to the database was lost", {
      cause,
    });
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#dead = true;
    this.#socket?.destroy();
    this.#sql.end({ timeout: 0 }).catch(() => {});
  }

  /** Says goodbye to the server and closes. */
  async close(): Promise<void> {
    this.#dead = true;
    await this.#sql.end({ timeout: 1 }).catch(() => {});
    this.#socket?.destroy();
  }
}

/** Whatever a server says instead of letting us in: nothing ran. */
function loginRefused(error: ServerError & Error): DatabaseError {
  const classified = classifyServerError(error, error);
  return classified.kind === "connection_lost" ? connectFailed(error) : classified;
}

export function abortedBy(signal: AbortSignal): DatabaseError {
  return new DatabaseError("aborted", "the caller gave up", { cause: signal.reason });
}
