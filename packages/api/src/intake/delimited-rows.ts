/** One row of a list, before anybody knows what its cells mean. */
export interface Row {
  /** 1-based line it begins on. */
  line: number;
  cells: readonly string[];
  /** Cells beyond those that are read. */
  more: number;
}

export const CELLS_READ_MAX = 400;
/** A quoted cell that were longer is taken for a quote that nobody closed. */
export const QUOTED_LENGTH_MAX = 40_000;
/** What is read between two pauses, in characters. */
export const SLICE_LENGTH = 32_768;

const QUOTE = 0x22;
const BLANK = 0x20;
const CARRIAGE_RETURN = 0x0d;
const LINE_FEED = 0x0a;

/** Form feeds and vertical tabs end lines as well: word processors write them. */
const isLineEnd = (code: number): boolean =>
  (code >= LINE_FEED && code <= CARRIAGE_RETURN) ||
  code === 0x85 ||
  code === 0x2028 ||
  code === 0x2029;

/**
 * The rows of a text in their order, but for lines without a character; it pauses after every `SLICE_LENGTH` characters. A quoted
 * cell may hold delimiters and lines; a quote that never closes, or would swallow lines that are whole by themselves,
 * is a letter like others.
 * @param delimiter null for lines that are not parted
 * @param width cells that most lines have
 */
export function* delimitedRows(
  text: string,
  delimiter: string | null,
  width: number,
): Generator<Row | undefined, void, undefined> {
  const reader = new RowReader(text, delimiter, width);
  for (;;) {
    while (reader.skipBlankLines()) yield undefined;
    if (reader.at >= text.length) return;
    yield yield* reader.next();
  }
}

class RowReader {
  at: number;
  private line = 1;
  private paused = 0;
  /** The next quote that can close a cell, and the last line of the row that it would close; both only move on. */
  private closing = { at: -1, lineStart: 0, cells: 0 };
  private readonly text: string;
  private readonly delimiter: number;
  private readonly width: number;

  constructor(text: string, delimiter: string | null, width: number) {
    this.text = text;
    this.delimiter = delimiter?.charCodeAt(0) ?? -1;
    this.width = width;
    this.at = text.startsWith("\ufeff") ? 1 : 0;
  }

  /** Whether a pause is due before more of them are looked at. */
  skipBlankLines(): boolean {
    for (; isLineEnd(this.text.charCodeAt(this.at)); this.at++) {
      if (this.isPauseDue(this.at)) return true;
      this.countLineEnd(this.at);
    }
    return false;
  }

  *next(): Generator<undefined, Row, undefined> {
    const cells: string[] = [];
    const { line, at: start } = this;
    let more = 0;
    let end: number;
    do {
      const from = this.at;
      const quoted = this.delimiter < 0 ? undefined : this.quotedCell(from, start);
      end = quoted?.end ?? this.plainEnd(from);
      while (this.isPauseDue(end)) {
        yield undefined;
        if (quoted === undefined) end = this.plainEnd(end);
      }
      if (cells.length < CELLS_READ_MAX) cells.push(quoted?.cell ?? this.text.slice(from, end));
      else more++;
      this.at = end + 1;
    } while (end < this.text.length && this.text.charCodeAt(end) === this.delimiter);
    this.line++;
    if (
      this.text.charCodeAt(end) === CARRIAGE_RETURN &&
      this.text.charCodeAt(this.at) === LINE_FEED
    )
      this.at++;
    return { line, cells, more };
  }

  /** Once for every slice of the text; whoever asks pauses then. */
  private isPauseDue(at: number): boolean {
    if (at - this.paused < SLICE_LENGTH) return false;
    this.paused = at;
    return true;
  }

  private countLineEnd(at: number): void {
    const isSecond =
      this.text.charCodeAt(at) === LINE_FEED && this.text.charCodeAt(at - 1) === CARRIAGE_RETURN;
    if (!isSecond) this.line++;
  }

  /** Where a cell without quotes ends: at a delimiter, a line's end, the text's, or where a pause is due. */
  private plainEnd(from: number): number {
    const limit = Math.min(this.text.length, this.paused + SLICE_LENGTH);
    for (let at = from; at < limit; at++) {
      const code = this.text.charCodeAt(at);
      if (code === this.delimiter || isLineEnd(code)) return at;
    }
    return Math.max(from, limit);
  }

  private quotedCell(from: number, rowStart: number): { cell: string; end: number } | undefined {
    const open = this.skipBlanks(from);
    if (this.text.charCodeAt(open) !== QUOTE) return undefined;
    const run = this.quotesFrom(open);
    const closing = run % 2 === 0 ? open + run - 1 : this.findClosing(open + run);
    if (closing < 0 || closing - open > QUOTED_LENGTH_MAX) return undefined;
    const end = this.skipBlanks(closing + 1);
    if (!this.isCellEnd(end)) return undefined;
    const cell = this.text.slice(open + 1, closing).replaceAll('""', '"');
    if (run % 2 === 1 && this.closing.lineStart > open) {
      if (this.swallowsLines(rowStart)) return undefined;
      this.line += countLineEnds(cell);
    }
    return { cell, end };
  }

  /** The last quote of the next odd run that stands at the end of a cell; it only moves on, so that all is read once. */
  private findClosing(from: number): number {
    if (this.closing.at >= from) return this.closing.at;
    if (this.closing.at === -2) return -1;
    let lineStart = this.closing.lineStart;
    for (let at = Math.max(from, this.closing.at + 1); at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (isLineEnd(code)) lineStart = at + 1;
      if (code !== QUOTE) continue;
      const run = this.quotesFrom(at);
      at += run - 1;
      if (run % 2 === 1 && this.isCellEnd(this.skipBlanks(at + 1))) {
        this.closing = { at, lineStart, cells: this.countCells(lineStart) };
        return at;
      }
    }
    this.closing.at = -2;
    return -1;
  }

  /** Whether the first and the last line of the row would each be a whole row without the quotes. */
  private swallowsLines(rowStart: number): boolean {
    return (
      this.width > 1 &&
      this.closing.cells === this.width &&
      this.countCells(rowStart) === this.width
    );
  }

  private countCells(lineStart: number): number {
    let cells = 1;
    for (let at = lineStart; at < this.text.length; at++) {
      const code = this.text.charCodeAt(at);
      if (code === this.delimiter) cells++;
      else if (isLineEnd(code)) break;
    }
    return cells;
  }

  private isCellEnd(at: number): boolean {
    if (at >= this.text.length) return true;
    const code = this.text.charCodeAt(at);
    return code === this.delimiter || isLineEnd(code);
  }

  private quotesFrom(at: number): number {
    let end = at;
    while (this.text.charCodeAt(end) === QUOTE) end++;
    return end - at;
  }

  private skipBlanks(from: number): number {
    let at = from;
    while (this.text.charCodeAt(at) === BLANK) at++;
    return at;
  }
}

export function countLineEnds(text: string): number {
  let count = 0;
  for (let at = 0; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (isLineEnd(code) && !(code === LINE_FEED && text.charCodeAt(at - 1) === CARRIAGE_RETURN))
      count++;
  }
  return count;
}
