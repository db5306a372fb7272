/** One measured figure. */
export interface Result {
  /** The contender. */
  who: string;
  what: string;
  value: number;
  unit: string;
}

/** What one measurement adds to a report. */
export interface Figures {
  results: Result[];
  /** Every ratio and single figure that is promised somewhere, by name. */
  ratios: Record<string, number>;
}

/** What a benchmark hands back. */
export interface Report extends Figures {
  name: string;
  /** How it was measured: printed above the table. */
  notes: string[];
  /** Contenders that could not take part: lines of the table without a figure. */
  missing?: string[];
}

const WIDTH_MAX = 120;
const FIGURE_WIDTH = 5;

/**
 * A line per contender and a column per figure, in the order they were measured. Where that grows too wide, the
 * columns go on in a table below, which has only the contenders that have such a figure.
 */
export function reportTable({ name, results, ratios, notes, missing = [] }: Report): string {
  const columns = new Map<string, Map<string, number>>();
  for (const { who, what, unit, value } of results) {
    const title = unit === "" ? what : `${what} (${unit})`;
    const column = columns.get(title) ?? new Map<string, number>();
    columns.set(title, column.set(who, value));
  }
  const everyone = [...new Set(results.map(({ who }) => who))];
  const nameWidth = Math.max(...[name, ...everyone, ...missing].map(({ length }) => length));
  const tables: [string, Map<string, number>][][] = [];
  let width = Infinity;
  for (const [title, column] of columns) {
    if (width + title.length > WIDTH_MAX) {
      tables.push([]);
      width = nameWidth;
    }
    width += Math.max(title.length, FIGURE_WIDTH) + 2;
    tables.at(-1)?.push([title, column]);
  }
  const lines = tables.flatMap((table, index) => [
    "",
    ...aligned([
      [name, ...table.map(([title]) => title)],
      ...everyone
        .filter((who) => table.some(([, column]) => column.has(who)))
        .map((who) => [who, ...table.map(([, column]) => figure(column.get(who)))]),
      ...(index === 0 ? missing : []).map((who) => [who, ...table.map(() => figure(undefined))]),
    ]),
  ]);
  const rates = Object.entries(ratios).map(([key, value]) => `${key}: ${figure(value)}`);
  return [...notes, ...lines, "", ...rates].join("\n");
}

/** The first column to the left, figures to the right, a rule below the titles. */
function aligned(cells: string[][]): string[] {
  const widths =
    cells[0]?.map((_, index) => Math.max(...cells.map((row) => (row[index] ?? "").length))) ?? [];
  const lines = cells.map((row) =>
    row
      .map((cell, index) =>
        index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0),
      )
      .join("  "),
  );
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)).join("  "));
  return lines;
}

function figure(value: number | undefined): string {
  if (value === undefined) return "-";
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
