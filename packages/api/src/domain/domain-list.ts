import { cleanDomainName, INPUT_LENGTH_MAX, ONE_NAME, type DomainLine } from "./domain-name.ts";

export { cleanDomainName, type CleanedDomain, type DomainLine } from "./domain-name.ts";

const HEADER_WORDS = /^(?:domains?|urls?|web ?sites?|websites?|hosts?|homepages?)$/i;
const LINE_END = /\r\n|[\n\r\u2028\u2029\u0085]/;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/g;

/**
 * Reads a list that a program sends: each element is one entry, whatever it holds, and none is a header.
 * So there are never more entries than elements. Blank elements yield nothing; a name that came before
 * is `duplicate`.
 */
export function readDomainLines(elements: readonly string[]): DomainLine[] {
  const seen = new Map<string, number>();
  return elements.flatMap((raw, index) => {
    const text = withoutControls(raw);
    const cleaned = namesSeveral(text.trim()) ? { reason: ONE_NAME } : cleanDomainName(text);
    return readEntry(text, index + 1, seen, cleaned) ?? [];
  });
}

/**
 * Reads a pasted list or a simple CSV: entries on lines of their own or separated by commas,
 * semicolons or tabs. A first line that names a column `domain`, `url` or `website` is a header:
 * only that column is read then. Empty lines yield nothing; a name that came before is `duplicate`.
 */
export function parseDomainList(list: string): DomainLine[] {
  const lines = list.split(LINE_END);
  const column = findHeaderColumn(lines);
  const seen = new Map<string, number>();
  const parsed: DomainLine[] = [];
  for (const [index, raw] of lines.entries()) {
    if (column && index <= column.headerIndex) continue;
    const text = withoutControls(raw);
    for (const entry of column ? [splitCells(text)[column.cell] ?? ""] : splitEntries(text)) {
      const found = readEntry(entry, index + 1, seen);
      if (found) parsed.push(found);
    }
  }
  return parsed;
}

const withoutControls = (raw: string): string => raw.toWellFormed().replace(CONTROL, "");

/** A separator may stand in a path, as in https://a.com/x,y; then nothing after it looks like a name. */
function namesSeveral(text: string): boolean {
  const separator = text.search(/[,;\t\n]/);
  if (separator >= 0 && text.includes(".", separator)) return true;
  const words = text.split(/\s+/, 2);
  return words.length === 2 && words.every((word) => "domain" in cleanDomainName(word));
}

function readEntry(
  entry: string,
  line: number,
  seen: Map<string, number>,
  cleaned = cleanDomainName(entry),
): DomainLine | undefined {
  const shown = entry.replace(/\ufeff/g, "").trim();
  if (shown === "") return undefined;
  const input = [...shown].slice(0, INPUT_LENGTH_MAX).join("");
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
