import type { ServerError } from "../errors/classify.ts";
import {
  readerOf,
  type ResultColumn,
  type StatementResult,
  type ValueReader,
} from "../sql/results.ts";
import { TextCache } from "../sql/text-cache.ts";
import { TextRows } from "../sql/text-rows.ts";
import { parseErrorFields } from "./socket.ts";

const DATA_ROW = 0x44;
const ROW_DESCRIPTION = 0x54;
const COMMAND_COMPLETE = 0x43;
const READY = 0x5a;
const ERROR = 0x45;
const NOTIFICATION = 0x41;
const NOTICE = 0x4e;
const SETTING = 0x53;
const COPY_IN = 0x47;
const COPY_OUT = 0x48;
const PARSE_COMPLETE = 0x31;
const EMPTY_QUERY = 0x49;
const SUSPENDED = 0x73;
const HEAD_LENGTH = 5;

/** Columns of an answer and how each is read. */
interface Shape {
  columns: ResultColumn[];
  readers: ValueReader[];
  /** A column is called `__proto__`: assigning it would set the prototype of the row. */
  hasProto: boolean;
  /** The RowDescription they were read from. */
  description: Buffer;
}

/** Commands that end a transaction or begin one. ROLLBACK TO completes as ROLLBACK too, so its text decides. */
const BOUNDARIES = new Set(["BEGIN", "START TRANSACTION", "COMMIT", "PREPARE TRANSACTION"]);
const AND_CHAIN = /\brollback\b.*\band\s+chain\b/is;

const shapes = new TextCache<Shape>(1_000);

/** The same object for the same statement as long as its columns stay the same: most statements come again. */
function shapeOf(text: string, bytes: Buffer, at: number, end: number): Shape {
  const known = shapes.get(text);
  if (known?.description.compare(bytes, at, end) === 0) return known;
  const description = Buffer.from(bytes.subarray(at, end));
  const columns = readColumns(description);
  return shapes.keep(text, {
    columns,
    readers: columns.map(({ type }) => readerOf(type)),
    hasProto: columns.some(({ name }) => name === "__proto__"),
    description,
  });
}

function readColumns(bytes: Buffer): ResultColumn[] {
  const columns: ResultColumn[] = [];
  const count = bytes.readUInt16BE(HEAD_LENGTH);
  let at = HEAD_LENGTH + 2;
  for (let index = 0; index < count; index++) {
    const end = bytes.indexOf(0, at);
    columns.push({ name: bytes.toString("utf8", at, end), type: bytes.readUInt32BE(end + 7) });
    at = end + 19;
  }
  return columns;
}

const int32 = (bytes: Buffer, at: number): number =>
  (bytes[at]! << 24) | (bytes[at + 1]! << 16) | (bytes[at + 2]! << 8) | bytes[at + 3]!;

const newResult = (): StatementResult =>
  Object.assign([], { count: 0, command: "" }) as unknown as StatementResult;

/** As the driver would throw it. */
const asError = (fields: ServerError | undefined): Error & ServerError =>
  Object.assign(new Error(), fields ?? { code: "", message: "" }, { name: "PostgresError" });

/** How an answer is read, and who hears of what is not for the one who asked. */
interface AnswerOptions {
  /** The statement: answers to the same one share their columns. */
  text: string;
  rows: "objects" | "arrays" | "texts";
  bytesMax?: number | undefined;
  /** How many statements were sent, each with a Parse of its own; undefined for a script. */
  statements?: number | undefined;
  /** Gets notifications, notices and settings: whole messages that concern the connection. */
  aside(message: Buffer): void;
  /** The server waits for rows to copy: CopyFail has to tell it that there are none. */
  refuseCopy(): void;
}

/**
 * End of the message that begins there, or beyond the bytes when it has not arrived whole.
 * @throws Error when no message can begin so
 */
export function messageEnd(bytes: Buffer, at: number): number {
  if (bytes.length - at < HEAD_LENGTH) return Infinity;
  const length = int32(bytes, at + 1);
  if (length < 4) throw new Error("no message is that short");
  return at + 1 + length;
}

/** What the server says to what was sent, up to and with ReadyForQuery. */
export class Answer {
  readonly #options: AnswerOptions;
  readonly #earlier: StatementResult[] = [];
  #result = newResult();
  #completed = false;
  #parses = 0;
  #completions = 0;
  #shape: Shape | undefined;
  /** ReadyForQuery has come. */
  ready = false;
  /** What went wrong first. */
  error: (Error & ServerError) | undefined;
  /** How many BEGIN, COMMIT and their like were completed. */
  boundaries = 0;
  /** A COMMIT was completed, whatever failed afterwards. */
  committed = false;
  /** The statement was a COPY, which is not done this way. */
  copies = false;
  #bytes = 0;

  constructor(options: AnswerOptions) {
    this.#options = options;
  }

  /**
   * Ready without having done what was asked: the server's word belongs to something else. An answer
   * that completes nothing is the commonest, one ReadyForQuery too many.
   */
  get misfits(): boolean {
    if (!this.ready || this.error || this.copies) return false;
    const { statements } = this.#options;
    if (statements === undefined) return this.#completions === 0;
    return this.#completions !== statements || this.#parses !== statements;
  }

  /** More has arrived for it than it may hold. */
  get isTooLarge(): boolean {
    return this.#bytes > (this.#options.bytesMax ?? Infinity);
  }

  /** So much has arrived, whole messages or not. */
  arrived(bytes: number): void {
    this.#bytes += bytes;
  }

  /** Rows and columns; for several statements a list of their results. */
  get result(): StatementResult {
    return this.#earlier.length === 0
      ? this.#result
      : ([...this.#earlier, this.#result] as unknown as StatementResult);
  }

  /** Reads whole messages up to ReadyForQuery; returns where it stopped. */
  take(bytes: Buffer, from: number): number {
    let at = from;
    for (let end = messageEnd(bytes, at); end <= bytes.length; end = messageEnd(bytes, at)) {
      const type = bytes[at];
      if (type === DATA_ROW) this.#row(bytes, at + HEAD_LENGTH + 2);
      else if (type === READY) this.ready = true;
      else this.#message(bytes, at, end);
      at = end;
      if (this.ready) break;
    }
    return at;
  }

  #message(bytes: Buffer, at: number, end: number): void {
    switch (bytes[at] ?? 0) {
      case ROW_DESCRIPTION:
        this.#next();
        this.#shape = shapeOf(this.#options.text, bytes, at, end);
        this.#result.columns = this.#shape.columns;
        break;
      case PARSE_COMPLETE:
        this.#parses++;
        break;
      case EMPTY_QUERY:
      case SUSPENDED:
        this.#completions++;
        break;
      case COMMAND_COMPLETE:
        this.#next();
        this.#complete(bytes.toString("latin1", at + HEAD_LENGTH, end - 1));
        break;
      case ERROR:
        this.error ??= asError(parseErrorFields(bytes.subarray(at + HEAD_LENGTH, end)));
        break;
      case NOTIFICATION:
      case NOTICE:
      case SETTING:
        this.#options.aside(bytes.subarray(at, end));
        break;
      case COPY_IN:
        this.copies = true;
        this.#options.refuseCopy();
        break;
      case COPY_OUT:
        this.copies = true;
        break;
    }
  }

  /** After a complete one comes the result of another statement. */
  #next(): void {
    if (!this.#completed) return;
    this.#earlier.push(this.#result);
    this.#result = newResult();
    this.#completed = false;
  }

  /** `SELECT 20`, `INSERT 0 1`, `CREATE TABLE`. */
  #complete(tag: string): void {
    const count = / \d+$/.exec(tag);
    this.#result.command = count ? tag.slice(0, tag.indexOf(" ")) : tag;
    this.#result.count = count ? Number(count[0]) : 0;
    this.#completed = true;
    this.#completions++;
    const { command } = this.#result;
    if (command === "COMMIT") this.committed = true;
    if (BOUNDARIES.has(command)) this.boundaries++;
    else if (command === "ROLLBACK" && AND_CHAIN.test(this.#options.text)) this.boundaries++;
  }

  #row(bytes: Buffer, start: number): void {
    const { columns, readers, hasProto } = this.#shape!;
    const { rows } = this.#options;
    if (rows === "texts") {
      this.#result.texts ??= new TextRows(columns.length);
      return this.#result.texts.add(bytes, start);
    }
    const arrays = rows === "arrays";
    const list: unknown[] = [];
    const row: Record<string, unknown> = {};
    let at = start;
    for (let index = 0; index < columns.length; index++) {
      const length = int32(bytes, at);
      at += 4;
      const value = length < 0 ? null : readers[index]!(bytes, at, at + length);
      if (length > 0) at += length;
      if (arrays) list.push(value);
      else if (hasProto) define(row, columns[index]!.name, value);
      else row[columns[index]!.name] = value;
    }
    this.#result.push((arrays ? list : row) as Record<string, unknown>);
  }
}

const define = (row: object, name: string, value: unknown) =>
  Object.defineProperty(row, name, { value, configurable: true, enumerable: true, writable: true });
