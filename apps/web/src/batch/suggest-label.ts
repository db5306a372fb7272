import type { ListFile } from "#intake/list-shape.ts";

const day = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium" });

/** What a list is called until somebody says otherwise: its first file's name, else the day. */
export const suggestLabel = (
  files: readonly Pick<ListFile, "name">[],
  now: Date,
  lengthMax: number,
): string => {
  const [first] = files.filter(({ name }) => name !== PASTED_NAME);
  const name = first?.name.replace(/\.[a-z0-9]{1,5}$/i, "").trim() ?? "";
  return [...(name === "" ? `List of ${day.format(now)}` : name)].slice(0, lengthMax).join("");
};

/** What a paste too large for a field is called among the files. */
export const PASTED_NAME = "Pasted list";
