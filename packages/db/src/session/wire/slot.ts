import type net from "node:net";
import type postgres from "postgres";
import type { SlotOptions } from "../config/pool-options.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { refuseLasting } from "../sql/lasting.ts";
import { failedInside, mayEndTransaction } from "../sql/own-commits.ts";
import { encodeParameters } from "../sql/parameters.ts";
import type { StatementResult } from "../sql/results.ts";
import { currentTags } from "../sql/tags.ts";
import { Cancellation, type CancelKey } from "./cancel.ts";
import { createDriver, type FirstAnswer, HUNG_UP, neverOpened } from "./driver.ts";
import { exchange, MISFIT, type Settle } from "./exchange.ts";
import { Line } from "./line.ts";
import { PostMortem } from "./post-mortem.ts";
import { beginReport, type Reporting } from "./report.ts";
import { findUnsuitable } from "./server-settings.ts";
import { openSocket, Tap, type TransactionStatus } from "./socket.ts";
import { abortedBy, outcomeUnknown, type StatementOptions } from "./statement.ts";

/**
 * One physical connection, used by one caller at a time, one statement in flight. Once it is dead it
 * stays dead: it never reconnects, so a statement can only run where its caller believes it runs.
 */
export class Slot {
  readonly #options: SlotOptions;
  readonly #tap = new Tap();
  readonly #line = new Line(() => this.giveUp());
  readonly #postMortem: PostMortem;
  readonly #sql: postgres.Sql;
  #socket: net.Socket | undefined;
  #opened = false;
  /** Known after the first statement, which is the driver's. */
  #key: CancelKey | undefined;
  #busy = false;
  #dead = false;
  /** What the server told of itself. */
  readonly #settings = new Map<string, string>();
  readonly #onDeath = new Set<() => void>();
  /** Gets the notifications that arrive on this connection. */
  onNotify: ((channel: string, payload: string) => void) | undefined;
  /** How many BEGIN, COMMIT and their like were completed on this connection, whoever sent them. */
  boundaries = 0;
  /** True while its borrower may leave settings, locks and temporary tables on it. */
  own = false;
  /** True once Terminate was sent: we have ended it. */
  saidGoodbye = false;
  /** True when the process that answers is not the one of the login: a pooler sits in between. */
  behindPooler = false;

  constructor(options: SlotOptions) {
    this.#options = options;
    this.#postMortem = new PostMortem(this.#tap, options.hooks);
    this.#sql = createDriver(options, {
      socket: () => this.#connect(),
      onclose: () => this.#die(),
      onnotify: (channel, payload) => this.onNotify?.(channel, payload),
      onparameter: (name, value) => this.#settings.set(name, value),
    });
  }

  get dead(): boolean {
    return this.#dead;
  }

  /** True when it was given up because an answer did not fit what was asked. */
  get outOfStep(): boolean {
    return this.#postMortem.isOutOfStep;
  }

  /** What watches the connection, and what it may hear. */
  get reporting(): Reporting {
    return this.#options;
  }

  /** Transaction status after the last answer. */
  get status(): TransactionStatus {
    return this.#tap.status();
  }

  /** True unless a transaction is known to be open: what is sent now will commit itself. */
  get outsideTransaction(): boolean {
    const status = this.#tap.status();
    return status !== "T" && status !== "E";
  }

  /** True when the last answer left no transaction open, so another caller may have the slot. */
  get clean(): boolean {
    return !this.#dead && !this.#busy && this.#tap.status() === "I";
  }

  /** Calls back once, when the connection has ended. */
  onDeath(tell: () => void): void {
    this.#onDeath.add(tell);
  }

  /**
   * Connects, logs in and waits for a first answer.
   * @throws DatabaseError: nothing of the caller's has run
   */
  async open(): Promise<void> {
    try {
      const answer = await this.run("select pg_backend_pid() as pid", [], {
        timeoutMs: this.#options.connectTimeoutMs,
        name: "open",
      });
      this.behindPooler = answer[0]?.["pid"] !== this.#key?.pid;
      const unsuitable = findUnsuitable(this.#settings);
      if (unsuitable) throw unsuitable;
    } catch (error) {
      this.destroy();
      throw neverOpened(error);
    }
  }

  #die(): void {
    this.#dead = true;
    this.#line.end();
    for (const tell of this.#onDeath) tell();
    this.#onDeath.clear();
  }

  #connect(): Promise<net.Socket> {
    if (this.#opened) throw HUNG_UP;
    this.#opened = true;
    const opening = openSocket(this.#options, (socket) => {
      this.#socket = socket;
    });
    return opening.then((socket) => this.#adopt(socket));
  }

  #adopt(socket: net.Socket): net.Socket {
    this.#socket = socket;
    if (this.#dead) socket.destroy();
    this.#tap.watch(socket, () => this.#die());
    this.#line.adopt(socket);
    return socket;
  }

  #refusal(options: StatementOptions): DatabaseError | undefined {
    if (this.#dead) return this.lost(undefined);
    if (this.#busy) return new DatabaseError("misuse", "one statement at a time on a connection");
    return options.signal?.aborted ? abortedBy(options.signal) : undefined;
  }

  /**
   * Runs one statement (or, without parameters, a script of several).
   *
   * When the deadline passes or the signal fires it is cancelled on the server; if that does not
   * help, the connection is destroyed.
   * @param free called once, when nothing of it is under way any more; after an answer in the same turn
   * @throws DatabaseError
   */
  run(
    text: string,
    parameters: readonly unknown[],
    options: StatementOptions = {},
    free?: () => void,
  ): Promise<StatementResult> {
    const refusal =
      this.#refusal(options) ?? (this.own ? undefined : refuseLasting(text, parameters));
    if (refusal) {
      if (free) queueMicrotask(free);
      return Promise.reject(refusal);
    }
    const commitsItself =
      !options.before &&
      !options.inTransaction &&
      (this.outsideTransaction || mayEndTransaction(text));
    const tagged = currentTags();
    const report = beginReport(this.#options, { name: options.name, text });
    return new Promise((resolve, reject) => {
      let over = false;
      let sent = false;
      const end = (result: StatementResult | undefined, error: DatabaseError | undefined) => {
        if (over) return;
        over = true;
        this.#busy = false;
        report?.({ command: result?.command, rows: result?.count ?? 0, error });
        // One that was cancelled may yet end the connection in this turn, and of those that cannot be sent
        // any number may wait one behind the other.
        if (sent && !cancellation.reason) free?.();
        else if (free) queueMicrotask(free);
        if (result) resolve(result);
        else reject(error!);
      };
      const cancellation = new Cancellation(
        { endpoint: this.#options, key: this.#key, destroy: () => this.destroy() },
        (why) => end(undefined, commitsItself ? outcomeUnknown(why) : why),
      );
      const settle: Settle = (result, error, ends) => {
        this.boundaries += ends?.boundaries ?? 0;
        cancellation.answered(error, () => {
          if (result) return end(result, undefined);
          const { helped, reason } = cancellation;
          const why = helped ? reason! : this.explain(error, commitsItself);
          // Of a script or a procedure with a COMMIT in it, what came before that one is there.
          const partly = ends?.committed === true || failedInside(text, error);
          const inDoubt = why.outcomeUnknown || (commitsItself && partly);
          // A connection that ends while we give up ends for that: PgBouncer drops who waits in it.
          const told = reason && this.#dead ? reason : why;
          end(undefined, inDoubt ? outcomeUnknown(told) : told);
        });
      };
      this.#busy = true;
      try {
        this.#send(text, tagged?.comment ?? "", parameters, options, settle);
        sent = true;
      } catch (error) {
        return end(undefined, this.explain(error));
      }
      cancellation.begin(options);
    });
  }

  /** Sends a statement; `settle` is called once, later. The first one is the driver's, with its login. */
  #send(
    text: string,
    comment: string,
    parameters: readonly unknown[],
    { before, single, rows, bytesMax }: StatementOptions,
    settle: Settle,
  ): void {
    const encoded = encodeParameters(parameters);
    if (!this.#key) {
      if (before || encoded.length > 0) {
        throw new DatabaseError("misuse", "the first statement of a connection stands alone");
      }
      this.#sql.unsafe(comment + text).then(
        (result) => {
          const first = result as unknown as FirstAnswer;
          this.#key = first.state;
          this.#line.takeBack();
          settle(first, undefined);
        },
        (error: unknown) => settle(undefined, error),
      );
      return;
    }
    exchange(this.#line, { text, comment, encoded, single, rows, before, bytesMax }, settle);
  }

  /** Runs `work` on the driver itself, for COPY. After any failure the connection is destroyed. */
  async drive<T>(
    work: (sql: postgres.Sql, tap: Tap, socket: net.Socket) => Promise<T>,
  ): Promise<T> {
    const refusal = this.#refusal({});
    if (refusal) throw refusal;
    this.#busy = true;
    this.#line.lend();
    try {
      const result = await work(this.#sql, this.#tap, this.#socket!);
      // ReadyForQuery of a COPY may come after its last byte; it answers nothing that follows.
      if (this.#tap.status() === "?") await this.#tap.untilReady(this.#socket!);
      if (this.#dead) throw this.lost(undefined);
      return result;
    } catch (error) {
      const explained = this.explain(error);
      this.destroy();
      throw explained;
    } finally {
      this.#busy = false;
      this.#line.takeBack();
    }
  }

  /**
   * What an error of the driver means for the caller. Anything but an SQL error ends the slot.
   * @param commitsItself the statement was outside a transaction, so without an answer nobody knows
   */
  explain(error: unknown, commitsItself = false): DatabaseError {
    if (error instanceof DatabaseError) return error;
    if (error === MISFIT) return this.giveUp();
    const refused = this.#postMortem.sqlError(error);
    if (refused) return refused;
    this.destroy();
    return this.#postMortem.ended(error, commitsItself);
  }

  /** Why the connection ended, as far as the server said so. */
  lost(cause: unknown): DatabaseError {
    return this.#postMortem.lost(cause);
  }

  /** Ends the connection because an answer did not fit what was asked: whose it was, nobody knows. */
  giveUp(): DatabaseError {
    this.#postMortem.outOfStep();
    this.destroy();
    return this.lost(undefined);
  }

  /** Ends the connection at once. */
  destroy(): void {
    this.#die();
    this.#socket?.destroy();
    this.#sql.end({ timeout: 0 }).catch(() => {});
  }

  /** Sends Terminate and closes. */
  async close(): Promise<void> {
    this.saidGoodbye = true;
    this.#die();
    await this.#sql.end({ timeout: 1 }).catch(() => {});
    this.#socket?.destroy();
  }
}
