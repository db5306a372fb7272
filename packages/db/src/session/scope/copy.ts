import { Readable, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { setImmediate } from "node:timers/promises";
import type postgres from "postgres";
import { checkedTimeout } from "../config/time-limit.ts";
import { classifyServerError } from "../errors/classify.ts";
import { DatabaseError } from "../errors/database-error.ts";
import { refuseLasting } from "../sql/lasting.ts";
import { withoutOpaque } from "../sql/named-parameters.ts";
import { currentTags } from "../sql/tags.ts";
import { beginReport } from "../wire/report.ts";
import type { Slot } from "../wire/slot.ts";
import { findError } from "../wire/socket.ts";
import { abortedBy, outcomeUnknown, timedOut } from "../wire/statement.ts";
import { type Executor, STATEMENTS } from "./raw-sql.ts";
import { forCaller } from "./statements.ts";

export interface CopyOptions {
  signal?: AbortSignal;
  /** Longest time without a byte moving, milliseconds. Default 30,000. */
  stallTimeoutMs?: number;
  /** For traces and metrics; no value may be in it. */
  name?: string;
}

const STALL_TIMEOUT_MS = 30_000;
/** Bytes gathered before they are written. */
const CHUNK_LENGTH = 65_536;

/** One copy under way. It ends the connection when nothing moved for too long or the caller gave up. */
class Progress {
  readonly #slot: Slot;
  readonly #timer: NodeJS.Timeout;
  /** True when it commits itself. */
  readonly #alone: boolean;
  #giveUp: ((why: DatabaseError) => void) | undefined;
  #stopped: DatabaseError | undefined;
  #theirs: { error: unknown } | undefined;
  /** As many as were copied, once that is known. */
  rows = 0;
  /** True once everything was sent and only the server's word is missing. */
  complete = false;

  constructor(slot: Slot, stallTimeoutMs: number) {
    this.#slot = slot;
    this.#alone = slot.outsideTransaction;
    this.#timer = setTimeout(() => this.stop(timedOut(stallTimeoutMs)), stallTimeoutMs);
  }

  moved(): void {
    this.#timer.refresh();
  }

  stop(why: DatabaseError): void {
    this.#stopped ??= why;
    this.#giveUp?.(this.#stopped);
    this.#slot.destroy();
  }

  /**
   * Runs code of the caller, whose errors are no faults of the connection. It may never settle, so
   * nobody waits for it after a stop.
   */
  async theirs<T>(code: () => T): Promise<Awaited<T>> {
    try {
      return await new Promise<Awaited<T>>((resolve, reject) => {
        this.#giveUp = reject;
        if (this.#stopped) reject(this.#stopped);
        else void (async () => resolve(await code()))().catch(reject);
      });
    } catch (error) {
      if (error !== this.#stopped) this.#theirs = { error };
      throw error;
    }
  }

  /** The same for pieces that the caller's code makes. What the reader throws in is not theirs. */
  async *piecesOf<T>(source: AsyncGenerator<T, void>): AsyncGenerator<T, void> {
    try {
      for (;;) {
        const { done, value } = await this.theirs(() => source.next());
        if (done) return;
        yield value;
      }
    } finally {
      const returned = source.return();
      // One that waits for a piece that never comes does not return either.
      if (this.#stopped) returned.catch(() => {});
      else await returned;
    }
  }

  explain(error: unknown): unknown {
    if (this.#theirs) return this.#theirs.error;
    const why = this.#stopped ?? error;
    const unanswered = this.#stopped !== undefined || findKind(error) === "connection_lost";
    const inDoubt = this.#alone && this.complete && unanswered;
    return inDoubt && why instanceof DatabaseError ? outcomeUnknown(why) : why;
  }

  end(): void {
    clearTimeout(this.#timer);
  }
}

const findKind = (error: unknown) => (error instanceof DatabaseError ? error.kind : undefined);

/** Runs a COPY and reports it like any statement. `work` gets its text with the comment of its tags. */
async function copying<T>(
  executor: Executor,
  text: string,
  { signal, stallTimeoutMs = STALL_TIMEOUT_MS, name }: CopyOptions,
  work: (slot: Slot, text: string, progress: Progress) => Promise<T>,
): Promise<T> {
  checkedTimeout(stallTimeoutMs, "stallTimeoutMs");
  if (!/^copy\s[^;]*;?$/i.test(withoutOpaque(text).trim())) throw copiesNothing();
  return executor[STATEMENTS].exclusive(async (slot) => {
    const refusal = slot.own ? undefined : refuseLasting(text);
    if (refusal) throw refusal;
    const report = beginReport(slot.reporting, { name, text });
    const comment = currentTags()?.comment ?? "";
    const progress = new Progress(slot, stallTimeoutMs);
    const onAbort = () => progress.stop(abortedBy(signal!));
    if (signal?.aborted) onAbort();
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      const result = await work(slot, comment + text, progress);
      report?.({ command: "COPY", rows: progress.rows, error: undefined });
      return result;
    } catch (error) {
      const explained = progress.explain(error);
      // Code of the caller that failed ended it, as a signal would have.
      const ours = explained instanceof DatabaseError ? explained : undefined;
      report?.({ command: "COPY", rows: 0, error: ours, failure: ours?.kind ?? "aborted" });
      throw explained;
    } finally {
      signal?.removeEventListener("abort", onAbort);
      progress.end();
    }
  }, signal);
}

/**
 * The driver's stream of a COPY. It can fail in the same turn in which it is made, before whoever
 * waits for it can listen, and an 'error' event without a listener would end the process.
 */
async function openStream<T extends Readable | Writable>(
  sql: postgres.Sql,
  text: string,
): Promise<T> {
  const query = sql.unsafe(text) as unknown as Promise<T> & { resolve(stream: T): void };
  const { resolve } = query;
  query.resolve = (stream) => {
    if ("pipe" in stream) stream.on("error", () => {});
    resolve(stream);
  };
  const stream = await query;
  if ("pipe" in stream) return stream;
  throw copiesNothing();
}

const copiesNothing = () =>
  new DatabaseError("misuse", "copyIn and copyOut take one COPY statement and nothing else");

type Rows<Row> = Iterable<Row> | AsyncIterable<Row>;

/**
 * Writes rows with a `copy … from stdin`.
 * @param lineOf text of one row, the first one's number being 1
 * @returns number of rows written
 * @throws DatabaseError, or whatever `rows` or `lineOf` throws
 */
export function copyRowsIn<Row>(
  executor: Executor,
  statement: string,
  rows: Rows<Row>,
  lineOf: (row: Row, number: number) => string,
  options: CopyOptions,
): Promise<number> {
  return copying(executor, statement, options, (slot, text, progress) =>
    slot.drive(async (sql, tap, socket) => {
      const writable = await openStream<Writable>(sql, text);
      let count = 0;
      async function* chunks() {
        let chunk = "";
        for await (const row of rows) {
          chunk += lineOf(row, ++count);
          if (chunk.length < CHUNK_LENGTH) continue;
          progress.moved();
          yield chunk;
          chunk = "";
          // A server that takes all at once would leave nobody else of this process a turn until the last row.
          await setImmediate();
        }
        if (chunk !== "") yield chunk;
      }
      await pipeline(Readable.from(progress.piecesOf(chunks())), writable, { end: false });
      // The driver drops an error that comes after the last byte.
      const answer = tap.untilReady(socket);
      progress.complete = true;
      writable.end();
      const error = findError(await answer);
      if (error) throw classifyServerError(error, error);
      if (slot.dead) throw slot.lost(undefined);
      progress.rows = count;
      return count;
    }),
  );
}

/**
 * Reads the answer of `copy (…) to stdout` as the server sends it.
 * @param take gets each piece; the next one waits for the promise it returns
 * @returns number of bytes
 * @throws DatabaseError, or whatever `take` throws
 */
export function copyOut(
  executor: Executor,
  text: string,
  take: (piece: Buffer) => unknown,
  options: CopyOptions = {},
): Promise<number> {
  const copied = copying(executor, text, options, async (slot, tagged, progress) => {
    let bytes = 0;
    const tap = await slot.drive(async (sql, answer, socket) => {
      const pieces = await openStream<Readable>(sql, tagged);
      for await (const piece of pieces as AsyncIterable<Buffer>) {
        progress.moved();
        bytes += piece.length;
        await progress.theirs(() => take(piece));
      }
      // The driver stops it for a slow reader, and lets it go on only when more is asked of a stream that has not ended.
      socket.resume();
      return answer;
    });
    progress.rows = tap.copied();
    return bytes;
  });
  return forCaller(executor[STATEMENTS], copied, (bytes) => bytes);
}
