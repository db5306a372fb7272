import { delimitedRows, type Row } from "./delimited-rows.ts";
import { saysSomething } from "./find-names.ts";
import { type JsonElement, jsonElements, visitTexts } from "./json-elements.ts";
import { LIST_LINES_MAX, ListReading, type ReadList } from "./list-reading.ts";
import { runSteps, type Steps } from "./steps.ts";
import {
  type Delimiter,
  isRunning,
  runningPlan,
  SAMPLE_ROWS,
  surveyText,
  WORD_BY_WORD,
} from "./survey.ts";
import { planTable } from "./table-plan.ts";

/** A line, or the cells of one, as programs and spreadsheets give them. */
export type ListRow = string | readonly string[];

export interface ReadOptions {
  /** Index of the column that names are read from; found by itself when left out. */
  column?: number | null | undefined;
}

const SEP_LINE = /^\ufeff?"?sep=([\t;|,])"?[ \t;,]*(?:\r\n|\n|\r)/i;
/** Of a JSON list: each row has a cell for each, and one for what stands under further ones. */
const KEYS_MAX = 50;
const FURTHER = "Others";
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
  const json = yield* jsonElements(list, LIST_LINES_MAX + 1);
  if (json) return yield* readElements(json, column);
  return yield* readText(list, column);
}

/**
 * Reads what a program sends: each element is one line, whatever words it holds, and none is a header.
 * An element in which several names stand yields an entry for each.
 */
export function* readElementsInSlices(elements: readonly string[]): Steps<ReadList> {
  return yield* readAll(elements, givenRow, new ListReading("lines", null, WORD_BY_WORD));
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
  const sample: Row[] = [];
  for (const [at, row] of list.entries()) {
    const given = givenRow(row, at);
    if (given.cells.some(saysSomething)) sample.push(given);
    if (sample.length >= SAMPLE_ROWS) break;
  }
  const plan = planTable(sample, null, column);
  const isPlain =
    isRunning(plan, column) || (plan.columns.length < 2 && plan.header === null && !plan.isMail);
  const reading = isPlain
    ? new ListReading("lines", null, runningPlan(plan))
    : new ListReading("table", null, plan);
  return yield* readAll(list, givenRow, reading);
}

const givenRow = (row: ListRow, index: number): Row => ({
  line: index + 1,
  cells: typeof row === "string" ? [row] : row,
  more: 0,
});

function* readElements(elements: readonly JsonElement[], column: number | null): Steps<ReadList> {
  const keys = new Map<string, number>();
  for (const [at, { value }] of elements.entries()) {
    visitTexts(value, (path) => {
      if (keys.size <= KEYS_MAX && !keys.has(path))
        keys.set(keys.size < KEYS_MAX ? path : FURTHER, keys.size);
    });
    if (at % ROWS_A_SLICE === ROWS_A_SLICE - 1) yield undefined;
  }
  const names = [...keys.keys()];
  const sample = elements.slice(0, SAMPLE_ROWS).map((element) => rowOf(element, keys));
  const isBare = names.length === 1 && names[0] === "";
  const plan = isBare ? WORD_BY_WORD : planTable(sample, names, column);
  const reading = new ListReading("json", null, plan);
  return yield* readAll(elements, (element) => rowOf(element, keys), reading);
}

function rowOf({ line, value }: JsonElement, keys: ReadonlyMap<string, number>): Row {
  const cells: string[] = [];
  visitTexts(value, (path, text) => {
    const at = keys.get(path) ?? KEYS_MAX;
    while (cells.length <= at) cells.push("");
    cells[at] = cells[at] === "" ? text : `${cells[at]}, ${text}`;
  });
  while (cells.length < keys.size) cells.push("");
  return { line, cells, more: 0 };
}

function* readAll<T>(
  elements: readonly T[],
  toRow: (element: T, index: number) => Row,
  reading: ListReading,
): Steps<ReadList> {
  for (let at = 0; at < elements.length && !reading.isFull; at++) {
    const element = elements[at];
    if (element !== undefined) yield* reading.add(toRow(element, at));
    if (at % ROWS_A_SLICE === ROWS_A_SLICE - 1) yield undefined;
  }
  return reading.finish();
}
