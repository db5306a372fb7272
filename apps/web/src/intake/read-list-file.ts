import { decodeList } from "@scrapersky/api/intake";
import { readWorkbook } from "./read-workbook.ts";

/** A line, or the cells of one. */
export type GivenRow = string | string[];

/** What a list is read from: a text, or the rows of a sheet. */
export interface ListContent {
  rows: string | GivenRow[];
  /** Of a workbook, which sheet it is and how many others there are. */
  sheet: { name: string; others: number } | null;
  /** Whether rows were left out before anything was read from them. */
  isCut: boolean;
}

/** What a file turned out to be. */
export type ListFileRead = { content: ListContent } | { refused: string };

export const FILE_BYTES_MAX = 20_000_000;
const FILE_WORDS = "20 MB";

const OTHER_SHEETS = /\.(?:xls|xlsb|ods|numbers|gsheet)$/i;
const ARCHIVE = "PK";
/** What no text begins with: PDF, pictures, old Office files, packed files. */
const BINARY = [
  "%PDF",
  "\u0089PNG",
  "GIF8",
  "\u00ff\u00d8\u00ff",
  "\u001f\u008b",
  "7z\u00bc",
  "Rar!",
];

export const textContent = (text: string): ListContent => ({
  rows: text,
  sheet: null,
  isCut: false,
});

/** Why a file is not taken, as far as its name and size tell; undefined when it may be a list. */
export const refuseUnread = ({
  name,
  size,
}: {
  name: string;
  size: number;
}): string | undefined => {
  if (size > FILE_BYTES_MAX) {
    return `${name} is larger than ${FILE_WORDS}. Split it, and create a batch of each part.`;
  }
  if (size === 0) return `${name} is empty.`;
  return OTHER_SHEETS.test(name)
    ? `${name} cannot be read here: save it as .xlsx or CSV and add that.`
    : undefined;
};

/** Reads a workbook, or any text whatever its name ends with; what is neither is refused in words. */
export const readListFile = async (name: string, file: Blob): Promise<ListFileRead> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = String.fromCharCode(...bytes.subarray(0, 4));
  if (start.startsWith(ARCHIVE) || start.startsWith("\u00d0\u00cf\u0011\u00e0")) {
    const book = await readWorkbook(bytes);
    return "refused" in book
      ? { refused: `${name} ${book.refused}` }
      : {
          content: {
            rows: book.rows,
            sheet: { name: book.sheet, others: book.others },
            isCut: book.isCut,
          },
        };
  }
  return BINARY.some((mark) => start.startsWith(mark))
    ? { refused: `${name} is no list that can be read here: save it as .xlsx or CSV and add that.` }
    : { content: textContent(decodeList(bytes)) };
};
