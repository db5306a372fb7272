import { create } from "content-disposition";

const LABEL_LENGTH_MAX = 80;
/** What a file system of one kind or another refuses, or takes for a folder. */
const NOT_OF_FILES = /[\u0000-\u001F\u007F\\/:*?"<>|]+/g;

/** `Content-Disposition` by RFC 6266 of a file called by its list, the label of a batch and a day. */
export function nameFile(list: string, label: string | null, day: string, format: string): string {
  const called = [...(label ?? "").replace(NOT_OF_FILES, " ").replace(/\s+/g, " ").trim()]
    .slice(0, LABEL_LENGTH_MAX)
    .join("")
    .trim();
  return create([list, called, day].filter((part) => part !== "").join(" ") + `.${format}`);
}
