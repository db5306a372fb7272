import type { Sent } from "@scrapersky/api";

/** A reader that takes nothing for so long is taken for gone. */
export const SILENCE_MS = 120_000;

/** What an answer is written to, as Node gives it. */
export interface Outgoing {
  readonly writableFinished: boolean;
  readonly destroyed?: boolean;
  once(event: "close", listener: () => void): unknown;
  destroy(): unknown;
}

export type Ending = "finish" | "abandon" | "fail";

/** One export on its way: what was sent of it, and how it ended. */
export class Sending {
  readonly sent: Sent = { rows: 0, bytes: 0, cut: 0 };
  readonly #stop = new AbortController();
  readonly #onEnd: (ending: Ending, sent: Sent) => void;
  #outgoing: Outgoing | undefined;
  #silence: NodeJS.Timeout | undefined;
  #isWhole = false;
  #fault: { error: unknown } | undefined;
  #hasEnded = false;
  #isUnwanted = false;

  constructor(onEnd: (ending: Ending, sent: Sent) => void) {
    this.#onEnd = onEnd;
  }

  /** Aborted when nobody reads any more. */
  get signal(): AbortSignal {
    return this.#stop.signal;
  }

  /** What broke it off in the middle. */
  get fault(): unknown {
    return this.#fault?.error;
  }

  /** The rows, counted; the first are read before it resolves, so that a fault meets somebody who can answer with it. */
  async countRows<Rows extends { readonly length: number }>(
    chunks: AsyncGenerator<Rows, void>,
  ): Promise<AsyncGenerator<Rows, void>> {
    const first = await chunks.next();
    const { sent } = this;
    return (async function* () {
      if (first.done) return;
      sent.rows += first.value.length;
      yield first.value;
      for await (const rows of chunks) {
        sent.rows += rows.length;
        yield rows;
      }
    })();
  }

  /** The bytes, counted. A fault in the middle breaks the connection off, and is nobody's to answer. */
  async *countBytes(pieces: AsyncIterable<string | Buffer>): AsyncGenerator<Buffer, void> {
    try {
      for await (const piece of pieces) {
        const bytes = typeof piece === "string" ? Buffer.from(piece) : piece;
        this.sent.bytes += bytes.length;
        this.#silence?.refresh();
        yield bytes;
      }
      this.#isWhole = true;
    } catch (error) {
      this.#fault ??= { error };
      this.#outgoing?.destroy();
    }
  }

  /** Ends it before its last byte, for it is nobody's to have any more. */
  breakOff(): void {
    this.#isUnwanted = true;
    this.#outgoing?.destroy();
  }

  /** Ends with the answer: whole when its last byte was handed over, and given up when its reader left or fell silent. */
  follow(outgoing: Outgoing, silenceMs: number): void {
    this.#outgoing = outgoing;
    this.#silence = setTimeout(() => outgoing.destroy(), silenceMs);
    outgoing.once("close", () => {
      const whole = this.#isWhole && outgoing.writableFinished;
      this.end(whole ? "finish" : this.#fault ? "fail" : "abandon");
    });
    if (this.#isUnwanted) outgoing.destroy();
  }

  end(ending: Ending): void {
    if (this.#hasEnded) return;
    this.#hasEnded = true;
    clearTimeout(this.#silence);
    this.#stop.abort();
    this.#onEnd(ending, this.sent);
  }
}
