import type { ListRow as Cells } from "@scrapersky/api/intake";

/** What a list is read from: a text, or the rows of a sheet. */
export type ListContent = string | Cells[];

/** What a file turned out to be. */
export type ListFileRead = { content: ListContent } | { refused: string };

export const FILE_BYTES_MAX = 20_000_000;
const FILE_WORDS = "20 MB";

const OTHER_SHEETS = /\.(xls|xlsb|ods|numbers|gsheet)$/i;
/** What no text begins with: archives, images, PDF, old Office files. */
const BINARY = [
  "PK\u0003\u0004",
  "%PDF",
  "\u0089PNG",
  "GIF8",
  "\u00ff\u00d8\u00ff",
  "\u00d0\u00cf\u0011\u00e0",
  "\u001f\u008b",
];

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

const startOf = (bytes: Uint8Array): string => String.fromCharCode(...bytes.subarray(0, 4));

/** The text of a list file, whatever a spreadsheet saved it as: UTF-8 with or without a mark, or UTF-16. */
export const decodeList = (bytes: Uint8Array): string => {
  const [first, second] = bytes;
  if (first === 0xff && second === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (first === 0xfe && second === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    // Older spreadsheets save in the code page of western Windows.
    return new TextDecoder("windows-1252").decode(bytes);
  }
};

/** Reads any text whatever its name ends with; what is none is refused in words. */
export const readListFile = async (name: string, file: Blob): Promise<ListFileRead> => {
  const bytes = new Uint8Array(await file.arrayBuffer());
  const start = startOf(bytes);
  if (BINARY.some((mark) => start.startsWith(mark))) {
    return {
      refused: `${name} is no list that can be read here: save it as .xlsx or CSV and add that.`,
    };
  }
  return { content: decodeList(bytes) };
};
