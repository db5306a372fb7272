/** A column: its heading, its largest width, and whether numbers stand at its right. */
export interface Column {
  title: string;
  widthMax: number;
  right?: boolean;
}

/** Width on a terminal: Chinese, Japanese and Korean characters and emoji take two cells. */
export function widthOf(text: string): number {
  let width = 0;
  for (const character of text) {
    const wide =
      /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー、。「」『』（）！？｜\p{Emoji_Presentation}]/u;
    const none = /\p{Mark}|\p{Cf}/u;
    width += none.test(character) ? 0 : wide.test(character) ? 2 : 1;
  }
  return width;
}

/** The text in so many cells: shortened with … or filled up with spaces. */
export function fit(text: string, width: number, right = false): string {
  let shown = text;
  if (widthOf(text) > width) {
    shown = "";
    for (const character of text) {
      if (widthOf(shown + character) > width - 1) break;
      shown += character;
    }
    shown += "…";
  }
  const space = " ".repeat(Math.max(width - widthOf(shown), 0));
  return right ? space + shown : shown + space;
}

/** A table as text, two spaces between columns, a rule below the headings. */
export function renderTable(columns: Column[], rows: string[][]): string {
  const widths = columns.map((column, index) => {
    const cells = rows.map((row) => widthOf(row[index] ?? ""));
    return Math.min(column.widthMax, Math.max(widthOf(column.title), ...cells));
  });
  const line = (cells: string[]) => {
    // What stands last in its row may run on over the empty cells behind it.
    const last = cells.findLastIndex((cell) => cell !== "");
    const room = widths.slice(last).reduce((sum, width) => sum + width + 2, -2);
    const shown = columns
      .slice(0, last + 1)
      .map(({ right }, index) =>
        fit(cells[index] ?? "", index === last && !right ? room : widths[index]!, right),
      );
    return `  ${shown.join("  ")}`.trimEnd();
  };
  return [
    line(columns.map((column) => column.title)),
    `  ${widths.map((width) => "─".repeat(width)).join("  ")}`,
    ...rows.map(line),
  ].join("\n");
}
