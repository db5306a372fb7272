const LINE = /\r\n|[\n\r\u2028\u2029\u0085]/;

/** The text with one entry of one line replaced; an empty replacement drops the entry, and its line when nothing is left. */
export const replaceEntry = (text: string, line: number, from: string, to: string): string => {
  const lines = text.split(LINE);
  const index = line - 1;
  const before = lines[index];
  if (before === undefined || !before.includes(from)) return text;
  const after = before.replace(from, () => to);
  if (after.trim() === "") lines.splice(index, 1);
  else lines[index] = after;
  return lines.join("\n");
};
