import { DomainError } from "../errors/domain-error.ts";
import { type ListRow, readElementsInSlices, readListInSlices } from "../intake/read-list.ts";
import { sortLines, type SortedEntry } from "../intake/sort-lines.ts";
import { runStepsInTurn } from "../intake/steps.ts";
import { BATCH_LINES_MAX, type Given, type GivenRow } from "./batch.contract.ts";

/** A list as it was given, read. */
export interface GivenList {
  entries: readonly SortedEntry[];
  /** Names of the cells of each line; none for plain lines. */
  columns: readonly string[];
  /** Which of them names were read from, from 0. */
  nameColumn: number | null;
  /** Cells of a line by its number. */
  cells: ReadonlyMap<number, readonly string[]>;
}

/**
 * Reads the list that a batch is made of. Other requests have their turn meanwhile; no transaction waits for it.
 * @throws DomainError INVALID_INPUT for more than `BATCH_LINES_MAX` lines
 */
export async function readGiven({ domains, text, rows, column }: Given): Promise<GivenList> {
  const list = await runStepsInTurn(
    domains === undefined
      ? readListInSlices(text ?? toLines(rows ?? []), { column })
      : readElementsInSlices(domains),
  );
  if (domains === undefined && list.lines.length > BATCH_LINES_MAX) {
    const most = `A batch takes at most ${BATCH_LINES_MAX.toLocaleString("en")} lines.`;
    throw new DomainError("INVALID_INPUT", most, {
      errorCode: "TOO_MANY_LINES",
      fieldErrors: { [text === undefined ? "rows" : "text"]: most },
    });
  }
  return {
    entries: sortLines(list.lines),
    columns: list.columns,
    nameColumn: list.nameColumn?.index ?? null,
    cells: new Map(list.lines.map(({ line, cells }) => [line, cells])),
  };
}

/** Rows as the reader takes them: an empty cell is an empty text. */
export const toLines = (rows: readonly GivenRow[]): ListRow[] =>
  rows.map((row) =>
    typeof row === "string" ? row : row.map((cell) => (cell === null ? "" : String(cell))),
  );
