/** What a dropped file turned out to be. */
export type ListFile = { text: string } | { refused: string };

const NAME = /\.(txt|csv|tsv)$/i;
const BYTES_MAX = 5_000_000;

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

/** Reads a .txt, .csv or .tsv file; anything else is refused in words. */
export const readListFile = async (file: File): Promise<ListFile> => {
  if (!NAME.test(file.name)) {
    return {
      refused: `${file.name} is not a .txt, .csv or .tsv file. Save the list as CSV and drop that.`,
    };
  }
  if (file.size > BYTES_MAX) {
    return { refused: `${file.name} is larger than 5 MB. Split it into several batches.` };
  }
  return { text: decodeList(new Uint8Array(await file.arrayBuffer())) };
};
