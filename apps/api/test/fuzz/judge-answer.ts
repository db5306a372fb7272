import type { Stage } from "./open-stage.ts";

export interface Answer {
  status: number;
  text: string;
  /** What the api logged of it, where that is a fault. */
  logged?: string;
}

const BYTES_MAX = 1_000_000;

/** What only our own programs, their SQL or their machine say. Nothing that is sent has any of it. */
const INSIDES = [
  /\bselect\b[^]{1,400}\bfrom\b/i,
  /\binsert into\b|\bdelete from\b|\bupdate \w+(?:\.\w+)? set\b/i,
  /\bat [\w.<>]+ \((?:file:|node:|\/)/,
  /node_modules|file:\/\/\//,
  /127\.0\.0\.1:\d|\btest_\d+_\d+_|postgres(?:ql)?:\/\//,
  /\bSQLSTATE\b|"stack":/,
];

/** What no answer may be, in a sentence each. */
export function judgeAnswer(
  { status, text }: Answer,
  sent: string,
  { foreign, isStaff }: { foreign: Stage["foreign"]; isStaff: boolean },
): string[] {
  const found: string[] = [];
  // 503 is what a busy database is answered with, whatever was sent.
  const isFault = status >= 500 && status !== 503;
  if (isFault || text.includes("Internal server error")) found.push(`answers ${status}`);
  if (Buffer.byteLength(text) > BYTES_MAX) found.push(`answers ${Buffer.byteLength(text)} bytes`);
  const inside = status >= 400 ? INSIDES.find((one) => one.test(text)) : undefined;
  if (inside !== undefined) found.push(`tells of its insides: ${inside.exec(text)?.[0]}`);
  // What was sent may be said again.
  const leaked = isStaff
    ? undefined
    : text.match(foreign.pattern)?.find((one) => foreign.values.has(one) && !sent.includes(one));
  if (leaked !== undefined) found.push(`tells another tenant's ${leaked}`);
  return found;
}
