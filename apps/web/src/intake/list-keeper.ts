import {
  sortLines,
  type ListLine,
  type SortedEntry,
  type SortedLines,
} from "@scrapersky/api/intake";
import { areTooLarge, canGoWhole, listToSend, type SentList } from "./list-to-send.ts";
import { fixWords } from "./fix-words.ts";
import type { Kind, ListRequest, ListRow, ListSummary, PartFacts } from "./list-shape.ts";
import { PartReader, type Part } from "./part-reader.ts";

/** One entry, the line it stands in, and the part that holds the line. */
interface Placed {
  entry: SortedEntry;
  line: ListLine;
  /** Its place among the entries of the line. */
  at: number;
  part: PlacedPart;
}

interface PlacedPart extends Part {
  /** Added to its lines' numbers, so that no two parts share one. */
  offset: number;
}

type Groups = Record<Kind, Placed[]>;

/** What the server says of domains: which were scanned lately, and which are never visited. */
type Told = Pick<SortedLines, "recent" | "invalid">;

const BESIDE_CELLS = 3;
const BESIDE_LENGTH_MAX = 120;

/**
 * Holds the list of a page that writes a batch, and sorts it. It lives in a worker: the public suffix list stays out of
 * the page, a large list stops nobody's typing, and only rows that are looked at travel.
 */
export class ListKeeper {
  private readonly reader = new PartReader();
  private readonly scanned = new Map<string, string>();
  private readonly refused = new Map<string, string>();
  private readonly asked = new Set<string>();
  private newest = 0;
  private parts: PlacedPart[] = [];
  private order: Placed[] = [];
  private groups: Groups = groupsOf([]);
  private column: number | null = null;
  private reuse: { all: boolean; but: ReadonlySet<string> } = { all: false, but: new Set() };

  /** Reads a file and keeps it for the next visit; gives why it is refused, or null. */
  async add(id: string, name: string, file: Blob): Promise<string | null> {
    return await this.reader.add(id, name, file);
  }

  async forget(id: string): Promise<void> {
    await this.reader.forget(id);
  }

  /** Sorts the list; null when a newer one came meanwhile. */
  async sort(request: ListRequest): Promise<ListSummary | null> {
    const version = ++this.newest;
    const isOvertaken = (): boolean => version !== this.newest;
    const parts = await this.reader.readAll(request, isOvertaken);
    if (parts === null || isOvertaken()) return null;
    this.column = request.column;
    this.reuse = { all: request.reuse.all, but: new Set(request.reuse.but) };
    this.place(parts);
    return this.summary();
  }

  /** Rows of one group, `from` and `to` as in `slice`. */
  rows(kind: Kind, from: number, to: number): ListRow[] {
    return this.groups[kind].slice(from, to).map((placed) => this.rowOf(placed));
  }

  /** Domains of which the server was not asked yet, at most so many. */
  unasked(max: number): string[] {
    const domains = new Set<string>();
    for (const { entry } of this.order) {
      if (domains.size >= max) break;
      if (entry.domain !== null && !this.asked.has(entry.domain)) domains.add(entry.domain);
    }
    return [...domains];
  }

  /** Takes what the server knows of these domains; the next sorting tells it. */
  learn(asked: readonly string[], { recent, invalid }: Told): void {
    for (const domain of asked) this.asked.add(domain);
    for (const { domain, lastScanAt } of recent) this.scanned.set(domain, lastScanAt);
    for (const { input, reason } of invalid) this.refused.set(input, reason);
  }

  /** What is sent to create the batch. */
  toSend(): SentList {
    return listToSend({
      parts: this.parts,
      column: this.column,
      order: this.order.map(({ entry }) => entry),
      running: this.running(),
      reused: this.groups.recent.flatMap(({ entry: { domain } }) =>
        domain !== null && this.isReused(domain) ? domain : [],
      ),
    });
  }

  private place(parts: readonly Part[]): void {
    let offset = 0;
    this.parts = parts.map((part) => {
      const placed = { ...part, offset };
      offset += part.lines.at(-1)?.line ?? 0;
      return placed;
    });
    const lines = this.parts.flatMap((part) => part.lines.map((line) => ({ line, part })));
    const sorted = sortLines(
      lines.map(({ line, part }) => ({ ...line, line: line.line + part.offset })),
      { scanned: this.scanned, refused: this.refused },
    );
    const places = lines.flatMap(({ line, part }) =>
      line.entries.map((_, at) => ({ line, part, at })),
    );
    this.order = sorted.flatMap((entry, index) => {
      const place = places[index];
      return place === undefined ? [] : { entry, ...place };
    });
    this.groups = groupsOf(this.order);
  }

  private summary(): ListSummary {
    const { valid, fixed, recent, duplicate, invalid } = this.groups;
    const running = this.running();
    const whole = canGoWhole(
      this.parts,
      this.order.map(({ entry }) => entry),
    );
    return {
      counts: {
        valid: valid.length,
        fixed: fixed.length,
        recent: recent.length,
        duplicate: duplicate.length,
        invalid: invalid.length,
      },
      running: running.length,
      reused: valid.length + fixed.length + recent.length - running.length,
      fixes: fixWords(fixed.map(({ entry }) => entry.note ?? "")),
      parts: this.parts.map(partFacts),
      whole,
      tooLarge: !whole && areTooLarge(running),
    };
  }

  private running(): SortedEntry[] {
    return this.order
      .map(({ entry }) => entry)
      .filter(
        ({ kind, domain }) =>
          kind === "valid" ||
          kind === "fixed" ||
          (kind === "recent" && domain !== null && !this.isReused(domain)),
      );
  }

  private isReused(domain: string): boolean {
    return this.reuse.all !== this.reuse.but.has(domain);
  }

  private rowOf({ entry, line, at, part }: Placed): ListRow {
    const { domain, of } = entry;
    return {
      key: `${part.file?.id ?? ""}:${line.line}:${at}:${entry.input}`,
      fileId: part.file?.id ?? null,
      file: this.nameOf(part),
      line: line.line,
      input: entry.input,
      domain,
      note: entry.note,
      reason: entry.reason,
      of: of === null ? null : this.locate(of),
      lastScanAt: entry.lastScanAt,
      beside: besideOf(line, part),
    };
  }

  private locate(placedLine: number): { file: string | null; line: number } {
    const part = this.parts.findLast(({ offset }) => offset < placedLine);
    return { file: this.nameOf(part), line: placedLine - (part?.offset ?? 0) };
  }

  private nameOf(part: Part | undefined): string | null {
    return this.parts.length > 1 ? (part?.file?.name ?? null) : null;
  }
}

function groupsOf(order: readonly Placed[]): Groups {
  const groups: Groups = { valid: [], fixed: [], recent: [], duplicate: [], invalid: [] };
  for (const placed of order) groups[placed.entry.kind].push(placed);
  return groups;
}

function partFacts({ file, content, list, lines }: Part): PartFacts {
  const cut = list?.cut ?? { columns: 0, cells: 0, afterLine: null };
  const lastLine = lines.at(-1)?.line ?? 0;
  return {
    id: file?.id ?? null,
    lines: lines.length,
    columns: list?.columns ?? [],
    nameColumn: list?.nameColumn ?? null,
    choices: list?.choices ?? [],
    sheet: content?.sheet ?? null,
    cut: content?.isCut === true ? { ...cut, afterLine: cut.afterLine ?? lastLine } : cut,
    missing: list === undefined,
  };
}

/** The first other cells of the line, to know it by. */
function besideOf({ cells }: ListLine, { list }: Part): string {
  return cells
    .filter((cell, at) => at !== list?.nameColumn?.index && cell !== "")
    .slice(0, BESIDE_CELLS)
    .join(" · ")
    .slice(0, BESIDE_LENGTH_MAX)
    .toWellFormed();
}
