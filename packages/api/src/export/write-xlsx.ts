import { once } from "node:events";
import { Readable } from "node:stream";
import yazl from "yazl";
import type { Column } from "../list/list.contract.ts";
import type { CellRow, CellRows } from "../list/read-chunk.ts";
import { XLSX_CELL_LENGTH_MAX, XLSX_SHEET_ROWS_MAX } from "./export.contract.ts";
import { shownCell } from "./shown-cell.ts";

/** Packed further, a million rows take minutes to save a tenth of their bytes. */
const COMPRESSION_LEVEL = 2;

/** A piece is a chunk of rows, of which no more wait than one. */
const ONE_PIECE = { highWaterMark: 1 };

export interface Workbook {
  columns: readonly Column[];
  chunks: AsyncIterable<CellRows>;
  /** Names its sheets. */
  title: string;
  /** Rows of a sheet, that of the headers included. */
  sheetRows?: number;
  /** Told of each cell that is longer than a workbook's hold. */
  onCut?: () => void;
}

/**
 * Rows as a workbook, its bytes as they are packed. All cells are text, so nothing in them is run or taken for a number.
 * What a sheet does not hold goes to a next one, each with the headers.
 */
export function writeXlsx(workbook: Workbook): AsyncIterable<Buffer> {
  const zip = new yazl.ZipFile();
  const output = zip.outputStream as Readable;
  const fail = (error: Error) => output.destroy(error);
  zip.on("error", fail);
  void fill(zip, output, workbook).catch(fail);
  return output as AsyncIterable<Buffer>;
}

async function fill(zip: yazl.ZipFile, output: Readable, workbook: Workbook): Promise<void> {
  const supply = supplyOf(workbook.chunks);
  const titles: string[] = [];
  try {
    do {
      const number = titles.length + 1;
      titles.push(number === 1 ? workbook.title : `${workbook.title} ${number}`);
      await addSheet(
        zip,
        output,
        sheetPath(number),
        Readable.from(writeSheet(workbook, supply), ONE_PIECE),
      );
    } while (!output.destroyed && (await supply.hasMore()));
  } finally {
    await supply.close();
  }
  for (const [path, text] of Object.entries(partsOf(titles))) {
    zip.addBuffer(Buffer.from(XML + text), path);
  }
  zip.end();
}

async function addSheet(zip: yazl.ZipFile, output: Readable, path: string, sheet: Readable) {
  const stop = () => sheet.destroy();
  output.once("close", stop);
  zip.addReadStream(sheet, path, { compressionLevel: COMPRESSION_LEVEL });
  await once(sheet, "close");
  output.off("close", stop);
  if (sheet.errored) throw sheet.errored;
}

interface Supply {
  /** At most this many rows; none when there are no more. */
  take(most: number): Promise<readonly CellRow[]>;
  hasMore(): Promise<boolean>;
  /** Nobody takes any more. */
  close(): Promise<unknown>;
}

function supplyOf(chunks: AsyncIterable<CellRows>): Supply {
  const source = chunks[Symbol.asyncIterator]();
  let rest: readonly CellRow[] = [];
  const hasMore = async (): Promise<boolean> => {
    while (rest.length === 0) {
      const { done, value } = await source.next();
      if (done) return false;
      rest = Array.from(value);
    }
    return true;
  };
  return {
    hasMore,
    close: async () => source.return?.(),
    async take(most) {
      await hasMore();
      const taken = rest.slice(0, most);
      rest = rest.slice(taken.length);
      return taken;
    },
  };
}

async function* writeSheet(
  { columns, sheetRows = XLSX_SHEET_ROWS_MAX, onCut }: Workbook,
  supply: Supply,
): AsyncGenerator<string, void> {
  const letters = columns.map((_, at) => lettersOf(at));
  const kinds = columns.map(({ kind }) => kind);
  const toRow = (cells: CellRow, number: number, shown: typeof shownCell): string => {
    let row = `<row r="${number}">`;
    for (const [at, letter] of letters.entries()) {
      const text = cells[at] ?? null;
      if (text === null || text === "") continue;
      const cell = fitted(shown(text, kinds[at]!), onCut);
      row += `<c r="${letter}${number}" t="inlineStr"><is><t xml:space="preserve">${escaped(cell)}</t></is></c>`;
    }
    return `${row}</row>`;
  };
  const headers = columns.map(({ header }) => header);
  let number = 1;
  yield `${XML}<worksheet ${MAIN}>${FIRST_ROW_STAYS}<sheetData>${toRow(headers, number, (text) => text)}`;
  for (;;) {
    const rows = await supply.take(sheetRows - number);
    if (rows.length === 0) break;
    let piece = "";
    for (const cells of rows) piece += toRow(cells, ++number, shownCell);
    yield piece;
  }
  yield "</sheetData></worksheet>";
}

/** `A`, `Z`, `AA` of 0, 25, 26. */
const lettersOf = (at: number): string =>
  (at < LETTERS ? "" : lettersOf(Math.floor(at / LETTERS) - 1)) +
  String.fromCharCode(A + (at % LETTERS));
const LETTERS = 26;
const A = 65;

const CUT = " … (cut: a cell holds 32,767 characters)";

function fitted(text: string, onCut: (() => void) | undefined): string {
  if (text.length <= XLSX_CELL_LENGTH_MAX) return text;
  onCut?.();
  const kept = text.slice(0, XLSX_CELL_LENGTH_MAX - CUT.length);
  return (/[\uD800-\uDBFF]$/.test(kept) ? kept.slice(0, -1) : kept) + CUT;
}

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };
/** What XML has no place for, and what a workbook would take for one of those. */
const NOT_OF_XML = /[\u0000-\u0008\u000B-\u001F\uFFFE\uFFFF]|_(?=x[0-9A-Fa-f]{4}_)/g;

/** As workbooks write it: ECMA-376, part 1, 22.4.2.4. */
const escaped = (text: string): string =>
  text
    .replace(/[&<>]/g, (one) => ENTITIES[one]!)
    .replace(
      NOT_OF_XML,
      (one) => `_x${one.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}_`,
    );

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const FORMATS = "http://schemas.openxmlformats.org";
const MAIN = `xmlns="${FORMATS}/spreadsheetml/2006/main"`;
const RELATION = `${FORMATS}/officeDocument/2006/relationships`;
const RELATIONS = `xmlns="${FORMATS}/package/2006/relationships"`;
const SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const FIRST_ROW_STAYS =
  '<sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews>';

const sheetPath = (number: number): string => `xl/worksheets/sheet${number}.xml`;

/** What makes a workbook of sheets. */
function partsOf(titles: readonly string[]): Record<string, string> {
  const each = (write: (number: number, title: string) => string): string =>
    titles.map((title, at) => write(at + 1, title)).join("");
  return {
    "[Content_Types].xml":
      `<Types xmlns="${FORMATS}/package/2006/content-types">` +
      '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' +
      `<Override PartName="/xl/workbook.xml" ContentType="${SHEET}.sheet.main+xml"/>` +
      each(
        (number) =>
          `<Override PartName="/${sheetPath(number)}" ContentType="${SHEET}.worksheet+xml"/>`,
      ) +
      "</Types>",
    "_rels/.rels": `<Relationships ${RELATIONS}><Relationship Id="rId1" Type="${RELATION}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    "xl/workbook.xml":
      `<workbook ${MAIN} xmlns:r="${RELATION}"><sheets>` +
      each(
        (number, title) =>
          `<sheet name="${escaped(title)}" sheetId="${number}" r:id="rId${number}"/>`,
      ) +
      "</sheets></workbook>",
    "xl/_rels/workbook.xml.rels":
      `<Relationships ${RELATIONS}>` +
      each(
        (number) =>
          `<Relationship Id="rId${number}" Type="${RELATION}/worksheet" Target="worksheets/sheet${number}.xml"/>`,
      ) +
      "</Relationships>",
  };
}
