import { stripVTControlCharacters } from "node:util";

const LINE_CHARACTERS_MAX = 400;
const LEVELS: Record<number, string> = {
  10: "trace",
  20: "debug",
  30: "info",
  40: "warn",
  50: "error",
  60: "fatal",
};

interface Entry {
  level?: number;
  time?: number;
  msg?: string;
  err?: { message?: string };
}

/** The last lines of a log for a person: no escape sequences, and each JSON entry as one short line. */
export function renderTail(text: string, count: number): string {
  return stripVTControlCharacters(text)
    .trimEnd()
    .split("\n")
    .slice(-count)
    .map(renderLine)
    .join("\n");
}

function renderLine(line: string): string {
  const entry = readEntry(line);
  if (!entry?.msg) return shorten(line);
  const { time, level = 30, msg, err } = entry;
  const at = time === undefined ? "" : `${new Date(time).toISOString().slice(11, 19)} `;
  const cause = err?.message && err.message !== msg ? `: ${err.message}` : "";
  return shorten(`${at}${LEVELS[level] ?? level} ${msg}${cause}`.replaceAll("\n", "\n  "));
}

function readEntry(line: string): Entry | undefined {
  if (!line.startsWith("{")) return undefined;
  try {
    return JSON.parse(line) as Entry;
  } catch {
    return undefined;
  }
}

function shorten(line: string): string {
  return line.length > LINE_CHARACTERS_MAX ? `${line.slice(0, LINE_CHARACTERS_MAX)} …` : line;
}
