import type net from "node:net";
import { type Answer, messageEnd } from "./answer.ts";

const typesOf = (letters: string) => new Set([...letters].map((type) => type.charCodeAt(0)));
/** What a server says unasked: Notification-, Notice- and ErrorResponse, ParameterStatus. */
const UNASKED = typesOf("ANSE");
/** CommandComplete, EmptyQueryResponse, ErrorResponse. */
const COMPLETES = typesOf("CIE");
const READY = 0x5a;

/** Our statement that the server has not answered yet. */
interface UnderWay {
  answer: Answer;
  done(answered: boolean): void;
}

/**
 * Whose turn it is on a socket. What arrives goes, message by message, to the answer of our statement
 * while there is one, and to the driver otherwise: it logs in, copies, and hears of what nobody asked
 * for. Neither ever gets half a message.
 */
export class Line {
  #socket: net.Socket | undefined;
  #driver: ((chunk: Buffer) => void) | undefined;
  #underWay: UnderWay | undefined;
  /** It is answered, and is told so when all that came with its answer was read. */
  #answered: UnderWay | undefined;
  /** A message that has not arrived whole, and where it will end. */
  #pending: Buffer[] = [];
  #pendingLength = 0;
  #pendingEnd = 0;
  /** True while the driver is the one who asks. */
  #driving = true;
  /** What it asked for is done, so ReadyForQuery may come. At first that is the login. */
  #completed = true;
  /** Called when what arrives answers nothing that was asked. */
  readonly #onMisfit: () => void;

  constructor(onMisfit: () => void) {
    this.#onMisfit = onMisfit;
  }

  /** The driver asks from now on, for COPY. */
  lend(): void {
    this.#driving = true;
    this.#completed = false;
  }

  /** What the driver asked for is answered, its login at first. */
  takeBack(): void {
    this.#driving = false;
  }

  /** Stands between the socket and whoever listens to its data next, which is the driver. */
  adopt(socket: net.Socket): void {
    this.#socket = socket;
    const { on } = socket;
    socket.on = ((event: string, listener: (...values: never[]) => void) => {
      if (event !== "data") return on.call(socket, event, listener as never);
      socket.on = on;
      this.#driver = listener as (chunk: Buffer) => void;
      return on.call(socket, "data", (chunk: Buffer) => this.#take(chunk));
    }) as typeof socket.on;
  }

  /**
   * Writes a statement. Calls `done` once: with true when its answer is complete, with false when the
   * connection ended before.
   */
  send(bytes: Buffer, answer: Answer, done: (answered: boolean) => void): void {
    this.#underWay = { answer, done };
    this.write(bytes);
  }

  write(bytes: Buffer): void {
    this.#socket!.write(bytes);
  }

  /** For messages in an answer that concern the connection. */
  readonly aside = (message: Buffer): void => this.#driver?.(message);

  /** The connection has ended. */
  end(): void {
    const underWay = this.#underWay;
    this.#underWay = undefined;
    underWay?.done(false);
  }

  #take(chunk: Buffer): void {
    const answer = this.#underWay?.answer;
    answer?.arrived(chunk.length);
    if (answer?.isTooLarge) {
      this.#pending = [];
      this.#socket!.destroy();
      return;
    }
    try {
      let bytes = chunk;
      if (this.#pendingLength > 0) {
        this.#pending.push(chunk);
        this.#pendingLength += chunk.length;
        if (this.#pendingLength < this.#pendingEnd) return;
        bytes = Buffer.concat(this.#pending);
        this.#pending = [];
        this.#pendingLength = 0;
      }
      this.#keep(bytes, this.#read(bytes));
    } catch {
      // What cannot be read cannot be followed any further.
      this.#onMisfit();
      this.#socket!.destroy();
    }
    const answered = this.#answered;
    this.#answered = undefined;
    answered?.done(true);
  }

  /** Hands over all whole messages; returns where the first one begins that is not whole. */
  #read(bytes: Buffer): number {
    let at = 0;
    while (messageEnd(bytes, at) <= bytes.length) {
      const underWay = this.#underWay;
      if (underWay === undefined) {
        const from = at;
        do {
          if (!this.#fits(bytes[at]!)) {
            this.#onMisfit();
            return bytes.length;
          }
          at = messageEnd(bytes, at);
        } while (messageEnd(bytes, at) <= bytes.length);
        this.#driver!(bytes.subarray(from, at));
      } else {
        at = underWay.answer.take(bytes, at);
        if (!underWay.answer.ready) continue;
        this.#underWay = undefined;
        this.#answered = underWay;
      }
    }
    return at;
  }

  /** Whoever asks next would take a message for the answer that nobody asked for. */
  #fits(type: number): boolean {
    if (!this.#driving) return UNASKED.has(type);
    if (COMPLETES.has(type)) this.#completed = true;
    else if (type === READY && !this.#completed) return false;
    else if (type === READY) this.#completed = false;
    return true;
  }

  #keep(bytes: Buffer, from: number): void {
    if (from === bytes.length) return;
    const rest = bytes.subarray(from);
    const end = messageEnd(rest, 0);
    this.#pending.push(rest);
    this.#pendingLength = rest.length;
    // Of a head cut short every byte counts.
    this.#pendingEnd = end === Infinity ? rest.length + 1 : end;
  }
}
