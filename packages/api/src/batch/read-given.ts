import { DomainError } from "../errors/domain-error.ts";
import { LIST_LINES_MAX, type ReadList } from "../intake/list-reading.ts";
import { type ListRow, readElementsInSlices, readListInSlices } from "../intake/read-list.ts";
import { sortLines, type SortedEntry } from "../intake/sort-lines.ts";
import { runStepsInTurn } from "../intake/steps.ts";
import { BATCH_LINES_MAX, type Given, type GivenRow, type ListCut } from "./batch.contract.ts";

/** A list as it was given, read. */
export interface GivenList {
  entries: readonly SortedEntry[];
  /** Names of the cells of each line; none for plain lines. */
  columns: readonly string[];
  /** Which of them names were read from, from 0. */
  nameColumn: number | null;
  /** Cells of a line by its number. */
  cells: ReadonlyMap<number, readonly string[]>;
  /** Programs that send domains look for each among the jobs, a refused one among the failed; of a list, the list tells it. */
  refusedFail: boolean;
  cut?: ListCut | undefined;
}

/**
 * Reads the list that a batch is made of. Other requests have their turn meanwhile; no transaction waits for it.
 * @throws DomainError INVALID_INPUT for more than `linesMax` lines, or more names than are read of a list
 */
export async function readGiven(
  { domains, text, rows, column }: Given,
  linesMax = BATCH_LINES_MAX,
): Promise<GivenList> {
  const field = domains !== undefined ? "domains" : text === undefined ? "rows" : "text";
  const list = await runStepsInTurn(
    domains === undefined
      ? readListInSlices(text ?? toLines(rows ?? []), { column })
      : readElementsInSlices(domains),
  );
  if (domains === undefined && list.lines.length > linesMax) {
    const most = `A batch takes at most ${linesMax.toLocaleString("en")} lines.`;
    throw tooMany(most, field);
  }
  if (list.cut.afterLine !== null) {
    const most = `A list holds at most ${LIST_LINES_MAX.toLocaleString("en")} names, doubles included.`;
    throw tooMany(most, field);
  }
  return {
    entries: sortLines(list.lines),
    columns: list.columns,
    nameColumn: list.nameColumn?.index ?? null,
    cells: new Map(list.lines.map(({ line, cells }) => [line, cells])),
    refusedFail: domains !== undefined,
    cut: cutOf(list),
  };
}

/** What of a list is not kept; undefined where all of it is. */
export const cutOf = ({ cut: { columns, cells } }: ReadList): ListCut | undefined =>
  columns > 0 || cells > 0 ? { columns, cells } : undefined;

const tooMany = (most: string, field: keyof Given): DomainError =>
  new DomainError("INVALID_INPUT", most, {
    errorCode: "TOO_MANY_LINES",
    fieldErrors: { [field]: most },
  });

/** Rows as the reader takes them: an empty cell is an empty text. */
export const toLines = (rows: readonly GivenRow[]): ListRow[] =>
  rows.map((row) =>
    typeof row === "string" ? row : row.map((cell) => (cell === null ? "" : String(cell))),
  );
