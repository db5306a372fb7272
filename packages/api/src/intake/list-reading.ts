import { cleanDomainName } from "../domain/domain-name.ts";
import type { Row } from "./delimited-rows.ts";
import { EDGE, MEANING } from "./edges.ts";
import {
  findNames,
  type ListEntry,
  PIECE_LENGTH,
  readEntries,
  refuseEntry,
  saysSomething,
  shownInput,
} from "./find-names.ts";
import { isMailProvider, mailDomain } from "./mail-domain.ts";
import type { Steps } from "./steps.ts";
import type { Delimiter } from "./survey.ts";
import { exactName, type NameColumn, type TablePlan } from "./table-plan.ts";

/** One line of a list that is neither blank nor its header. */
export interface ListLine {
  /** 1-based line of the list; a quoted cell may make a row of several. */
  line: number;
  /** What names were read from, trimmed and capped. */
  input: string;
  /** The row's cells in the order of `columns`, at most `COLUMNS_MAX` of `CELL_LENGTH_MAX` characters; none for plain lines. */
  cells: readonly string[];
  /** At least one; several for a line with several names. */
  entries: ListEntry[];
}

export interface ReadList {
  form: "lines" | "table" | "json";
  delimiter: Delimiter | null;
  /** Line that names the columns; what stands above it is a title. */
  headerLine: number | null;
  /** Names of the cells of each line; empty for plain lines. */
  columns: string[];
  /** Where names were read; null when every word of a line was looked at. */
  nameColumn: NameColumn | null;
  /** Columns that could be chosen instead, best first. */
  choices: TablePlan["choices"];
  lines: ListLine[];
  /**
   * What was left out: columns beyond the limit, cells that were shortened, and of a list too long everything behind the last
   * name that it holds, which stands in line `afterLine`.
   */
  cut: { columns: number; cells: number; afterLine: number | null };
}

export const COLUMNS_MAX = 40;
/** In characters as people count them. */
export const CELL_LENGTH_MAX = 500;
/** Lines, and names in them, of one list; a batch holds 100,000. */
export const LIST_LINES_MAX = 150_000;

const NO_CELLS: readonly string[] = [];
/** A line of HTML that only opens and closes things. */
const TAGS = /^\s*(?:<\/?[a-z][a-z0-9]*(?:\s[^<>.]*)?>\s*)+$/i;
const UNSTORABLE = /[\u0000\ud800-\udfff]/;

/** Takes the rows of a list one by one, and makes its lines of them. */
export class ListReading {
  private readonly list: ReadList;
  private readonly plan: TablePlan;
  private readonly offset: number;
  private names = 0;

  constructor(form: ReadList["form"], delimiter: Delimiter | null, plan: TablePlan, offset = 0) {
    this.plan = plan;
    this.offset = offset;
    this.list = {
      form,
      delimiter,
      headerLine: plan.header === null ? null : plan.header.line + offset,
      columns: plan.columns.slice(0, COLUMNS_MAX),
      nameColumn: plan.nameColumn,
      choices: plan.choices,
      lines: [],
      cut: { columns: Math.max(0, plan.columns.length - COLUMNS_MAX), cells: 0, afterLine: null },
    };
  }

  /** Whether no more rows are taken; asked before each. */
  get isFull(): boolean {
    const { lines, cut } = this.list;
    if (lines.length < LIST_LINES_MAX && this.names < LIST_LINES_MAX) return false;
    cut.afterLine = lines.at(-1)?.line ?? 0;
    return true;
  }

  *add(row: Row): Steps<void> {
    const { header, nameColumn } = this.plan;
    if (header !== null && (row.line <= header.line || isSame(row.cells, header.cells))) return;
    if (!row.cells.some(saysSomething) || (row.cells.length === 1 && TAGS.test(row.cells[0] ?? "")))
      return;
    const text = nameColumn === null ? row.cells.join(", ") : (row.cells[nameColumn.index] ?? "");
    const found = yield* this.entriesOf(row, text);
    const entries = found.slice(0, LIST_LINES_MAX - this.names);
    this.names += entries.length;
    if (entries.length < found.length) this.list.cut.afterLine = row.line + this.offset;
    const [only] = entries;
    this.list.lines.push({
      line: row.line + this.offset,
      input: entries.length === 1 && only ? only.input : shownInput(text),
      cells: nameColumn === null ? NO_CELLS : this.keepCells(row),
      entries,
    });
  }

  finish(): ReadList {
    return this.list;
  }

  private *entriesOf(row: Row, text: string): Steps<ListEntry[]> {
    const { nameColumn, isMail } = this.plan;
    // One more than are kept tells that there are more.
    const most = LIST_LINES_MAX - this.names + 1;
    const mails = isMail ? yield* mailsOf(text, most) : [];
    if (mails.length > 0) return mails;
    const found = saysSomething(text) ? yield* namesOf(text, most) : [];
    if (nameColumn === null || found.some(({ domain }) => domain !== null)) return found;
    // A delimiter within a cell moves the others: the name then stands beside its column.
    if (row.cells.length !== this.plan.width) {
      const other = row.cells.find((cell) => exactName(cell) !== undefined);
      if (other !== undefined) return readEntries(other);
    }
    if (found.length > 0) return found;
    const input = shownInput(row.cells.join(this.list.delimiter ?? ", "));
    return [
      { input, domain: null, reason: `The column “${nameColumn.name}” is empty in this line.` },
    ];
  }

  private keepCells(row: Row): string[] {
    const { cut } = this.list;
    cut.columns = Math.max(cut.columns, row.cells.length + row.more - COLUMNS_MAX);
    return row.cells.slice(0, COLUMNS_MAX).map((cell) => {
      const kept = keepCell(cell);
      if (kept.wasCut) cut.cells++;
      return kept.cell;
    });
  }
}

const isSame = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((cell, at) => cell === b[at]);

function keepCell(written: string): { cell: string; wasCut: boolean } {
  const trimmed = written.trim();
  const cell = UNSTORABLE.test(trimmed) ? trimmed.replaceAll("\0", "").toWellFormed() : trimmed;
  if (cell.length <= CELL_LENGTH_MAX) return { cell, wasCut: false };
  const characters = Array.from(cell.slice(0, CELL_LENGTH_MAX * 2 + 2));
  const wasCut = characters.length > CELL_LENGTH_MAX;
  return { cell: wasCut ? characters.slice(0, CELL_LENGTH_MAX).join("") : cell, wasCut };
}

/** An entry for each address of a cell that has some, at least `most` of them where there are so many. */
function* mailsOf(text: string, most: number): Steps<ListEntry[]> {
  if (mailDomain(text) !== undefined) return [mailEntry(text)];
  return yield* entriesOfPieces(text, most, (piece) =>
    piece
      .split(/[\s,;|]+/)
      .filter((word) => mailDomain(word) !== undefined)
      .map(mailEntry),
  );
}

function mailEntry(text: string): ListEntry {
  const input = shownInput(text);
  const cleaned = cleanDomainName(mailDomain(text) ?? "");
  if ("reason" in cleaned) return { input, domain: null, reason: cleaned.reason };
  return isMailProvider(cleaned.domain)
    ? {
        input,
        domain: null,
        reason: `${cleaned.domain} gives mailboxes to everybody: it is not their site.`,
      }
    : { input, domain: cleaned.domain, note: "domain of an e-mail address" };
}

/** An entry for each name, at least `most` of them where there are so many; the whole text as a refused one where there is none. */
function* namesOf(text: string, most: number): Steps<ListEntry[]> {
  if (text.length <= PIECE_LENGTH) return readEntries(text);
  const entries = yield* entriesOfPieces(text, most, findNames);
  return entries.length > 0 ? entries : [refuseEntry(text)];
}

/** In pieces, so that a line of ten megabytes holds nobody up. */
function* entriesOfPieces(
  text: string,
  most: number,
  entriesOf: (piece: string) => readonly ListEntry[],
): Steps<ListEntry[]> {
  const entries: ListEntry[] = [];
  for (let at = 0; at < text.length && entries.length < most;) {
    const end = pieceEnd(text, at);
    for (const entry of entriesOf(text.slice(at, end))) entries.push(entry);
    at = end;
    if (at < text.length) yield undefined;
  }
  return entries;
}

/** Between two words; a word longer than a piece is a piece of its own. */
function pieceEnd(text: string, from: number): number {
  let end = Math.min(from + PIECE_LENGTH, text.length);
  if (end === text.length) return end;
  while (end > from && MEANING[text.charCodeAt(end - 1)] !== EDGE) end--;
  if (end > from) return end;
  end = from + PIECE_LENGTH;
  while (end < text.length && MEANING[text.charCodeAt(end)] !== EDGE) end++;
  return end;
}
