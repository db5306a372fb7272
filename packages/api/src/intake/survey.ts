import { delimitedRows, type Row } from "./delimited-rows.ts";
import { saysSomething } from "./find-names.ts";
import { exactName, planTable, type TablePlan } from "./table-plan.ts";

export type Delimiter = "\t" | ";" | "|" | ",";

/** What parts the cells of a list, and what its first rows mean. */
export interface Survey {
  /** Null for lines that are read word by word. */
  delimiter: Delimiter | null;
  /** Cells that most rows have. */
  width: number;
  plan: TablePlan;
}

/** Lines without columns: every name in them counts. */
export const WORD_BY_WORD: TablePlan = {
  header: null,
  columns: [],
  width: 0,
  nameColumn: null,
  isMail: false,
  choices: [],
};
const DELIMITERS: readonly Delimiter[] = ["\t", ";", "|", ","];
const SAMPLE_LENGTH = 65_536;
export const SAMPLE_ROWS = 300;
const MOSTLY = 0.6;
const NAMES_COUNT_MAX = 5;

/** Decides by the beginning of a list; `given` and `column` are what somebody said of it. */
export function surveyText(text: string, given: Delimiter | null, column: number | null): Survey {
  const sample = sampleOf(text);
  let best: (Survey & { score: number }) | undefined;
  for (const delimiter of given === null ? DELIMITERS : [given]) {
    if (!sample.includes(delimiter)) continue;
    const judged = judge(sample, delimiter, column, given !== null);
    if (judged && judged.score > (best?.score ?? 0)) best = judged;
  }
  return best ?? surveyLines(sample);
}

function judge(sample: string, delimiter: Delimiter, column: number | null, isGiven: boolean) {
  const width = usualWidth(rowsOf(sample, delimiter, 0));
  const rows = rowsOf(sample, delimiter, width);
  const plan = planTable(rows, null, column);
  const data = plan.header === null ? rows : rows.slice(rows.indexOf(plan.header) + 1);
  const parted = share(data, ({ cells }) => cells.filter(saysSomething).length > 1);
  const isNamed = plan.header !== null && plan.header.cells.length > 1 && plan.nameColumn !== null;
  if (!isGiven && !isNamed && (parted < MOSTLY || plan.nameColumn === null)) return undefined;
  const even = share(data, ({ cells }) => cells.length === width);
  const score = even + Math.min(namesPerRow(data), NAMES_COUNT_MAX) + (isNamed ? 1 : 0);
  const isList = !isGiven && isRunning(plan, column);
  return isList
    ? { delimiter: null, width: 1, plan: runningPlan(plan), score }
    : { delimiter, width, plan, score };
}

/** Names, or addresses, in several columns and no header: a list that goes on over the line. */
export const isRunning = ({ header, choices, isMail }: TablePlan, column: number | null): boolean =>
  header === null &&
  column === null &&
  choices.filter(({ holds }) => holds === (isMail ? "emails" : "names")).length > 1;

/** What it means once it is not parted. */
export const runningPlan = ({ isMail }: TablePlan): TablePlan => ({ ...WORD_BY_WORD, isMail });

/** A list of one column: addresses of people, or lines that are read word by word below a header or none. */
function surveyLines(sample: string): Survey {
  const rows = rowsOf(sample, null, 1);
  const plan = planTable(rows, null, null);
  const isMail = plan.isMail && plan.nameColumn?.by === "email";
  const isPlain = plan.header === null && !isMail;
  return { delimiter: null, width: 1, plan: isPlain ? WORD_BY_WORD : plan };
}

/** Whole rows only, unless the first is longer than the sample. */
function sampleOf(text: string): string {
  if (text.length <= SAMPLE_LENGTH) return text;
  const sample = text.slice(0, SAMPLE_LENGTH);
  const end = Math.max(sample.lastIndexOf("\n"), sample.lastIndexOf("\r"));
  return end > 0 ? sample.slice(0, end) : sample;
}

function rowsOf(sample: string, delimiter: Delimiter | null, width: number): Row[] {
  const rows: Row[] = [];
  for (const row of delimitedRows(sample, delimiter, width)) {
    if (row?.cells.some(saysSomething)) rows.push(row);
    if (rows.length >= SAMPLE_ROWS) break;
  }
  return rows;
}

function usualWidth(rows: readonly Row[]): number {
  const counts = new Map<number, number>();
  for (const { cells } of rows) counts.set(cells.length, (counts.get(cells.length) ?? 0) + 1);
  const [width] = [...counts].toSorted((a, b) => b[1] - a[1] || b[0] - a[0])[0] ?? [1];
  return width;
}

const share = (rows: readonly Row[], holds: (row: Row) => boolean): number =>
  rows.length === 0 ? 0 : rows.filter(holds).length / rows.length;

const namesPerRow = (rows: readonly Row[]): number =>
  rows.length === 0
    ? 0
    : rows.flatMap(({ cells }) => cells.filter((cell) => exactName(cell) !== undefined)).length /
      rows.length;
