import {
  readElementsInSlices,
  readListInSlices,
  runSteps,
  type ListLine,
  type ReadList,
  type Steps,
} from "@scrapersky/api/intake";
import { findKeptFile, forgetFile, keepFile } from "./kept-files.ts";
import type { ListFile, ListRequest, Mend } from "./list-shape.ts";
import { readListFile, refuseUnread, textContent, type ListContent } from "./read-list-file.ts";

/** The field's text or one file, read. */
export interface Part {
  /** Null for the field's text. */
  file: ListFile | null;
  /** What it was read from; undefined, as its list, when the browser keeps the file no longer. */
  content: ListContent | undefined;
  list: ReadList | undefined;
  /** The list's lines as they were mended. */
  lines: ListLine[];
}

/** After so long at one piece of work it is looked whether a newer one has come. */
const TURN_MS = 40;

/** Reads the parts of a list, each once for its content and column. */
export class PartReader {
  private readonly contents = new Map<string, ListContent>();
  private readonly readings = new Map<
    string,
    { rows: ListContent["rows"]; column: number | null; list: ReadList }
  >();

  /** Reads a file and keeps it for the next visit; gives why it is refused, or null. */
  async add(id: string, name: string, file: Blob): Promise<string | null> {
    const refused = refuseUnread({ name, size: file.size });
    if (refused !== undefined) return refused;
    const read = await readListFile(name, file);
    if ("refused" in read) return read.refused;
    this.contents.set(id, read.content);
    await keepFile(id, file);
    return null;
  }

  async forget(id: string): Promise<void> {
    this.contents.delete(id);
    this.readings.delete(id);
    await forgetFile(id);
  }

  /** All parts in their order; null when they are no longer asked for. */
  async readAll(
    { text, column, files }: ListRequest,
    isOvertaken: () => boolean,
  ): Promise<Part[] | null> {
    const parts: Part[] = [];
    if (text.trim() !== "") {
      const content = textContent(text);
      const list = await this.read("", content, column, isOvertaken);
      if (list === null) return null;
      parts.push({ file: null, content, list, lines: list.lines });
    }
    for (const file of files) {
      const content = await this.contentOf(file);
      const list =
        content === undefined
          ? undefined
          : await this.read(file.id, content, file.column, isOvertaken);
      if (list === null) return null;
      parts.push({
        file,
        content,
        list,
        lines: list === undefined ? [] : mendLines(list.lines, file.mends),
      });
    }
    return parts;
  }

  private async contentOf({ id, name }: ListFile): Promise<ListContent | undefined> {
    const known = this.contents.get(id);
    if (known !== undefined) return known;
    const file = await findKeptFile(id);
    const read = file && (await readListFile(name, file));
    if (read === undefined || "refused" in read) return undefined;
    this.contents.set(id, read.content);
    return read.content;
  }

  private async read(
    id: string,
    content: ListContent,
    column: number | null,
    isOvertaken: () => boolean,
  ): Promise<ReadList | null> {
    const known = this.readings.get(id);
    const { rows } = content;
    if (known?.rows === rows && known.column === column) return known.list;
    const list = await runInTurns(readListInSlices(rows, { column }), isOvertaken);
    if (list !== null) this.readings.set(id, { rows, column, list });
    return list;
  }
}

/** Drives the work to its end, and lets messages in between; null when a newer one took its place. */
async function runInTurns<Result>(
  steps: Steps<Result>,
  isOvertaken: () => boolean,
): Promise<Result | null> {
  let turnEnds = performance.now() + TURN_MS;
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
    if (performance.now() < turnEnds) continue;
    await new Promise((resolve) => setTimeout(resolve));
    if (isOvertaken()) return null;
    turnEnds = performance.now() + TURN_MS;
  }
}

/** Puts what was written in the place of refused entries; a line of which nothing is left goes. */
function mendLines(lines: ListLine[], mends: readonly Mend[]): ListLine[] {
  if (mends.length === 0) return lines;
  const byLine = Map.groupBy(mends, ({ line }) => line);
  return lines.flatMap((line) => {
    const own = byLine.get(line.line);
    if (own === undefined) return line;
    const mended = own.reduce(mendLine, line);
    return mended.entries.length === 0 ? [] : mended;
  });
}

function mendLine(line: ListLine, { from, to }: Mend): ListLine {
  const at = line.entries.findIndex(({ input, domain }) => domain === null && input === from);
  if (at < 0) return line;
  const [written] = runSteps(readElementsInSlices([to])).lines;
  return { ...line, entries: line.entries.toSpliced(at, 1, ...(written?.entries ?? [])) };
}
