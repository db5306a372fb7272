import { cleanDomainName, INPUT_LENGTH_MAX, type DomainLine } from "./domain-name.ts";

export { cleanDomainName, type CleanedDomain, type DomainLine } from "./domain-name.ts";

const HEADER_WORDS = /^(?:domains?|urls?|web ?sites?|websites?|hosts?|homepages?)$/i;
const LINE_END = /\r\n|[\n\r\u2028\u2029\u0085]/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Reads a pasted list or a simple CSV: entries on lines of their own or separated by commas,
 * semicolons or tabs. A first line that names a column `domain`, `url` or `website` is a header:
 * only that column is read then. Empty lines yield nothing; a name that came before is `duplicate`.
 */
export function parseDomainList(list: string | readonly string[]): DomainLine[] {
  const lines = typeof list === "string" ? list.split(LINE_END) : list;
  const column = findHeaderColumn(lines);
  const seen = new Map<string, number>();
  const parsed: DomainLine[] = [];
  for (const [index, raw] of lines.entries()) {
    if (column && index <= column.headerIndex) continue;
    const text = raw.toWellFormed().replace(CONTROL, "");
    for (const entry of column ? [splitCells(text)[column.cell] ?? ""] : splitEntries(text)) {
      const found = readEntry(entry, index + 1, seen);
      if (found) parsed.push(found);
    }
  }
  return parsed;
}

function readEntry(entry: string, line: number, seen: Map<string, number>): DomainLine | undefined {
  const shown = entry.replace(/\ufeff/g, "").trim();
  if (shown === "") return undefined;
  const input = [...shown].slice(0, INPUT_LENGTH_MAX).join("");
  const cleaned = cleanDomainName(entry);
  const domain = "domain" in cleaned ? cleaned.domain : null;
  const note =
    "changes" in cleaned && cleaned.changes.length > 0 ? cleaned.changes.join(", ") : null;

  // A refused entry is stored under its own text, which therefore must be distinct as well.
  const identity = domain ?? `invalid:${input}`;
  const first = seen.get(identity);
  if (first !== undefined) {
    return { line, input, kind: "duplicate", domain, reason: `Same as line ${first}.`, note };
  }
  seen.set(identity, line);
  if ("reason" in cleaned)
    return { line, input, kind: "invalid", domain: null, reason: cleaned.reason, note: null };
  return { line, input, kind: note === null ? "valid" : "fixed", domain, reason: null, note };
}

/** Splits at separators, but leaves a comma or semicolon inside a path where it is. */
function splitEntries(line: string): string[] {
  const entries: string[] = [];
  for (const part of line.split(/([,;\t]+)/)) {
    const previous = entries.at(-1);
    if (/^[,;\t]+$/.test(part)) {
      if (previous !== undefined) entries.push(part);
      continue;
    }
    const separator =
      previous !== undefined && /^[,;\t]+$/.test(previous) ? entries.pop() : undefined;
    const before = entries.at(-1);
    if (
      separator &&
      before &&
      /^[^\s]+$/.test(part) &&
      !part.includes(".") &&
      /[^/:]\/|[?]/.test(before) &&
      separator.trim() !== ""
    ) {
      entries[entries.length - 1] = before + separator + part;
    } else if (part.trim() !== "") {
      entries.push(...splitWords(part));
    }
  }
  return entries.filter((entry) => !/^[,;\t]+$/.test(entry));
}

/** Names separated by blanks only, when every one of them is a name. */
function splitWords(part: string): string[] {
  const words = part.trim().split(/\s+/);
  if (words.length === 1) return [part];
  return words.every((word) => "domain" in cleanDomainName(word)) ? words : [part];
}

function findHeaderColumn(
  lines: readonly string[],
): { headerIndex: number; cell: number } | undefined {
  const headerIndex = lines.findIndex((line) => line.replace(/\ufeff/g, "").trim() !== "");
  const header = lines[headerIndex];
  if (header === undefined || header.length > 2000 || headerIndex === lines.length - 1)
    return undefined;
  const cell = splitCells(header).findIndex((name) =>
    HEADER_WORDS.test(name.replace(/\ufeff/g, "").trim()),
  );
  return cell < 0 ? undefined : { headerIndex, cell };
}

/** Cells of one CSV line; a quoted cell may hold separators and doubled quotes. */
function splitCells(line: string): string[] {
  const separator = [",", ";", "\t"].find((candidate) => line.includes(candidate)) ?? ",";
  const cells: string[] = [];
  let cell = "";
  let quoted = false;
  for (let at = 0; at < line.length; at++) {
    const character = line[at];
    if (character === '"' && quoted && line[at + 1] === '"') {
      cell += '"';
      at++;
    } else if (character === '"') {
      quoted = !quoted;
    } else if (character === separator && !quoted) {
      cells.push(cell);
      cell = "";
    } else {
      cell += character;
    }
  }
  return [...cells, cell];
}
