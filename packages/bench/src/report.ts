/** One measured figure. */
export interface Result {
  /** The contender. */
  who: string;
  what: string;
  value: number;
  unit: string;
}

/** What a benchmark hands back. */
export interface Report {
  name: string;
  results: Result[];
  /** Every ratio and single figure that is promised somewhere, by name. */
  ratios: Record<string, number>;
  /** How it was measured: printed above the table. */
  notes: string[];
}

/** A table with one line per contender and one column per figure, in the order they were measured. */
export function reportTable({ name, results, ratios, notes }: Report): string {
  const columns = [...new Set(results.map(({ what, unit }) => `${what} (${unit})`))];
  const rows = new Map<string, Map<string, number>>();
  for (const { who, what, unit, value } of results) {
    const row = rows.get(who) ?? new Map<string, number>();
    rows.set(who, row.set(`${what} (${unit})`, value));
  }
  const cells = [
    [name, ...columns],
    ...[...rows].map(([who, row]) => [who, ...columns.map((column) => figure(row.get(column)))]),
  ];
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
  const rates = Object.entries(ratios).map(([key, value]) => `${key}: ${figure(value)}`);
  return [...notes, "", ...lines, "", ...rates].join("\n");
}

function figure(value: number | undefined): string {
  if (value === undefined) return "-";
  return value >= 100 ? value.toFixed(0) : value.toFixed(2);
}
