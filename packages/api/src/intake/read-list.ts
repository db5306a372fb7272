import { delimitedRows, type Row } from "./delimited-rows.ts";
import { saysSomething } from "./find-names.ts";
import { jsonRecords, type JsonRecord } from "./json-records.ts";
import { ListReading, type ReadList } from "./list-reading.ts";
import { runSteps, type Steps } from "./steps.ts";
import { type Delimiter, isRunning, SAMPLE_ROWS, surveyText, WORD_BY_WORD } from "./survey.ts";
import { planTable } from "./table-plan.ts";

/** A line, or the cells of one, as programs and spreadsheets give them. */
export type ListRow = string | readonly string[];

export interface ReadOptions {
  /** Index of the column that names are read from; found by itself when left out. */
  column?: number | null | undefined;
}

const SEP_LINE = /^\ufeff?"?sep=([\t;|,])"?[ \t;,]*(?:\r\n|\n|\r)/i;
const KEYS_MAX = 400;
const ROWS_A_SLICE = 500;

/**
 * Reads a list of web sites whatever it is written in: text of lines, of cells, of JSON, or rows. Every line of it ends
 * up in `lines`, is blank, or is its header. Linear in its length; browser-safe.
 */
export const readList = (list: string | readonly ListRow[], options: ReadOptions = {}): ReadList =>
  runSteps(readListInSlices(list, options));

/** The same, with a pause after every few milliseconds of work. */
export function* readListInSlices(
  list: string | readonly ListRow[],
  { column = null }: ReadOptions = {},
): Steps<ReadList> {
  if (typeof list !== "string") return yield* readRows(list, column);
  const json = yield* jsonRecords(list);
  if (json) return yield* readRecords(json.records, column);
  return yield* readText(list, column);
}

/**
 * Reads what a program sends: each element is one line, whatever words it holds, and none is a header.
 * An element in which several names stand yields an entry for each.
 */
export function* readElementsInSlices(elements: readonly string[]): Steps<ReadList> {
  const reading = new ListReading("lines", null, WORD_BY_WORD);
  for (const [index, element] of elements.entries()) {
    if (reading.isFull) break;
    yield* reading.add({ line: index + 1, cells: [element], more: 0 });
    if (index % ROWS_A_SLICE === ROWS_A_SLICE - 1) yield undefined;
  }
  return reading.finish();
}

function* readText(list: string, column: number | null): Steps<ReadList> {
  const separator = SEP_LINE.exec(list);
  const text = separator === null ? list : list.slice(separator[0].length);
  const survey = surveyText(text, delimiterOf(separator?.[1]), column);
  const offset = separator === null ? 0 : 1;
  const form = survey.plan.nameColumn === null ? "lines" : "table";
  const reading = new ListReading(form, survey.delimiter, survey.plan, offset);
  for (const row of delimitedRows(text, survey.delimiter, survey.width)) {
    if (reading.isFull) break;
    if (row === undefined) yield undefined;
    else yield* reading.add(row);
  }
  return reading.finish();
}

const delimiterOf = (found: string | undefined): Delimiter | null =>
  found === "\t" || found === ";" || found === "|" || found === "," ? found : null;

function* readRows(list: readonly ListRow[], column: number | null): Steps<ReadList> {
  const rows = list.map((row, index): Row => ({
    line: index + 1,
    cells: typeof row === "string" ? [row] : row,
    more: 0,
  }));
  const sample = rows.filter(({ cells }) => cells.some(saysSomething)).slice(0, SAMPLE_ROWS);
  const plan = planTable(sample, null, column);
  const isPlain =
    isRunning(plan, column) || (plan.columns.length < 2 && plan.header === null && !plan.isMail);
  return yield* readAll(
    rows,
    new ListReading(isPlain ? "lines" : "table", null, isPlain ? WORD_BY_WORD : plan),
  );
}

function* readRecords(records: readonly JsonRecord[], column: number | null): Steps<ReadList> {
  const keys = new Set<string>();
  for (const { cells } of records) {
    for (const key of cells.keys()) if (keys.size < KEYS_MAX) keys.add(key);
  }
  const names = [...keys];
  const rows = records.map(({ line, cells }): Row => ({
    line,
    cells: names.map((key) => cells.get(key) ?? ""),
    more: 0,
  }));
  const isBare = names.length === 1 && names[0] === "";
  const plan = isBare ? WORD_BY_WORD : planTable(rows.slice(0, SAMPLE_ROWS), names, column);
  return yield* readAll(rows, new ListReading("json", null, plan));
}

function* readAll(rows: readonly Row[], reading: ListReading): Steps<ReadList> {
  for (const [index, row] of rows.entries()) {
    if (reading.isFull) break;
    yield* reading.add(row);
    if (index % ROWS_A_SLICE === ROWS_A_SLICE - 1) yield undefined;
  }
  return reading.finish();
}
