import { LIST_LINES_MAX, readList } from "@scrapersky/api/intake";
import { readZipDirectory, readZipText, type ZipEntry } from "./zip-directory.ts";

/** What a workbook turned out to be: the rows of one of its sheets, each in its place, or why it is not read. */
export type WorkbookRead =
  | {
      sheet: string;
      rows: string[][];
      /** Sheets that were not read. */
      others: number;
      /** Whether rows beyond `WORKBOOK_ROWS_MAX` were left out. */
      isCut: boolean;
    }
  | { refused: string };

/** Of all its parts unpacked: a sheet of 100,000 lines and ten columns has about 60 MB. */
export const WORKBOOK_UNPACKED_BYTES_MAX = 250_000_000;
/** Rows of a sheet, blank ones included; a header and what stands above it find their place. */
export const WORKBOOK_ROWS_MAX = LIST_LINES_MAX + 1000;
export const WORKBOOK_SHEETS_MAX = 20;
const COLUMNS_MAX = 400;
/** Of 100,000 rows and forty columns. */
const CELLS_MAX = 4_000_000;
/** Rows after which a sheet without a name of a site is left for the next one. */
const SAMPLE_ROWS = 300;
const DIRECTORY_BYTES_MAX = 500_000;

/**
 * Reads the first sheet in which names of sites stand, or else the first that is not empty. Rows come as they are unpacked, so that
 * a small file of many rows costs no more than those that are read. The library comes when first needed.
 */
export async function readWorkbook(bytes: Uint8Array): Promise<WorkbookRead> {
  if (isProtected(bytes)) {
    return {
      refused:
        "is protected with a password, or of an old form: save it as .xlsx without a password.",
    };
  }
  const directory = readZipDirectory(bytes);
  if (directory === undefined) return { refused: "is not whole: save it once more." };
  const unpacked = directory.reduce((sum, entry) => sum + entry.unpackedBytes, 0);
  if (unpacked > WORKBOOK_UNPACKED_BYTES_MAX) {
    return { refused: "is larger than 250 MB unpacked: save the sheet as CSV, or split it." };
  }
  try {
    return await readSheets(bytes, await readSheetNames(bytes, directory));
  } catch {
    return { refused: "cannot be read as a workbook: save it as .xlsx or CSV." };
  }
}

async function readSheets(bytes: Uint8Array, names: readonly string[]): Promise<WorkbookRead> {
  const others = names.length - 1;
  let filled: number | undefined;
  for (const [index, sheet] of names.slice(0, WORKBOOK_SHEETS_MAX).entries()) {
    const { rows, isCut, hasNames } = await readSheet(bytes, index, true);
    if (hasNames) return { sheet, rows, isCut, others };
    if (rows.length > 0) filled ??= index;
  }
  if (filled === undefined) return { refused: "has no sheet with anything in it." };
  const { rows, isCut } = await readSheet(bytes, filled, false);
  return { sheet: names[filled] ?? "", rows, isCut, others };
}

/** A sheet's rows, or the first of them only where these name no site and `onlyNames` are wanted. */
async function readSheet(bytes: Uint8Array, index: number, onlyNames: boolean) {
  const { streamXlsxRows } = await import("hucre/xlsx");
  const rows: string[][] = [];
  let cells = 0;
  let isCut = false;
  for await (const row of streamXlsxRows(bytes, { sheet: index })) {
    isCut = row.index >= WORKBOOK_ROWS_MAX || cells > CELLS_MAX;
    if (isCut) break;
    while (rows.length < row.index) rows.push([]);
    const texts = row.values.slice(0, COLUMNS_MAX).map(textOf);
    cells += texts.length;
    rows.push(texts);
    if (onlyNames && rows.length === SAMPLE_ROWS && !namesSites(rows)) break;
  }
  return { rows, isCut, hasNames: namesSites(rows) };
}

const namesSites = (rows: readonly string[][]): boolean =>
  readList(rows.slice(0, SAMPLE_ROWS)).lines.some(({ entries }) =>
    entries.some(({ domain }) => domain !== null),
  );

function textOf(value: unknown): string {
  if (value instanceof Date) return value.toISOString().replace(/T00:00:00\.000Z$/, "");
  return value === null || value === undefined ? "" : String(value);
}

/** In the order of the book; numbered where they cannot be told. */
async function readSheetNames(
  bytes: Uint8Array,
  directory: readonly ZipEntry[],
): Promise<string[]> {
  const sheets = directory.filter(({ name }) => /^xl\/worksheets\/[^/]+\.xml$/.test(name)).length;
  const book = directory.find(({ name }) => name === "xl/workbook.xml");
  const text = book ? await readZipText(bytes, book, DIRECTORY_BYTES_MAX) : "";
  const named = [...text.matchAll(/<(?:\w+:)?sheet\s[^>]*?\bname="([^"]*)"/g)].map(
    ([, name = ""]) => unescapeXml(name),
  );
  return named.length > 0
    ? named
    : Array.from({ length: Math.max(1, sheets) }, (_, at) => `Sheet ${at + 1}`);
}

const ENTITIES: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };
const unescapeXml = (text: string): string =>
  text.replace(
    /&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|(\w{1,5}));/gi,
    (whole, hex?: string, decimal?: string, name?: string) => {
      const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
      if (name !== undefined) return ENTITIES[name] ?? whole;
      return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
    },
  );

/** The container of old Office files, which a protected workbook is as well. */
const isProtected = (bytes: Uint8Array): boolean =>
  [0xd0, 0xcf, 0x11, 0xe0].every((byte, at) => bytes[at] === byte);
