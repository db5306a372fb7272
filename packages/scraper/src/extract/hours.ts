import { lineOrNull } from "../text.ts";
import { type Node, strings } from "./schema-values.ts";

const DAYS = ["mo", "tu", "we", "th", "fr", "sa", "su"];
const NAMES = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/** Opening hours of a schema.org node as lines such as "Mo-Fr 09:00-18:00". */
export function openingHours(node: Node): string[] {
  const lines: string[] = [];
  for (const text of strings(node["openingHours"])) {
    const line = lineOrNull(text, 120);
    if (line !== null) lines.push(wholeHours(line));
  }
  const specifications = node["openingHoursSpecification"];
  for (const item of (Array.isArray(specifications) ? specifications : [specifications]).slice(
    0,
    30,
  ) as unknown[]) {
    const line = specificationLine(item);
    if (line !== undefined) lines.push(line);
  }
  return lines;
}

/** "9:00" as "09:00", so that equal hours are written equally. */
export const wholeHours = (text: string): string =>
  text.replace(/(?<![\d:])\d:[0-5]\d(?!\d)/g, (time) => `0${time}`);

function specificationLine(item: unknown): string | undefined {
  if (item === null || typeof item !== "object") return undefined;
  const { dayOfWeek, opens, closes } = item as Node;
  const days = strings(dayOfWeek)
    .map(dayOf)
    .filter((day) => day >= 0)
    .toSorted((one, other) => one - other);
  const from = timeOf(opens);
  const to = timeOf(closes);
  if (days.length === 0 || from === undefined || to === undefined) return undefined;
  return `${dayRanges(days)} ${from}-${to}`;
}

/** "http://schema.org/Monday", "schema:Monday", "Monday", "Mo". */
function dayOf(written: string): number {
  const last = Math.max(
    written.lastIndexOf("/"),
    written.lastIndexOf("#"),
    written.lastIndexOf(":"),
  );
  const name = written
    .slice(last + 1)
    .trim()
    .toLowerCase();
  const whole = NAMES.indexOf(name);
  return whole >= 0 ? whole : DAYS.indexOf(name);
}

function timeOf(value: unknown): string | undefined {
  const [, hours, minutes] = /^\s*(\d{1,2})[:.](\d{2})/.exec(strings(value)[0] ?? "") ?? [];
  return hours === undefined ? undefined : `${hours.padStart(2, "0")}:${minutes}`;
}

/** [0,1,2,5] as "Mo-We,Sa". */
function dayRanges(days: number[]): string {
  const parts: string[] = [];
  for (let index = 0; index < days.length;) {
    let last = index;
    while (days[last + 1] === (days[last] as number) + 1) last++;
    const from = short(days[index] as number);
    const to = short(days[last] as number);
    parts.push(last === index ? from : `${from}-${to}`);
    index = last + 1;
  }
  return parts.join(",");
}

const short = (day: number): string => {
  const name = DAYS[day] as string;
  return `${(name[0] as string).toUpperCase()}${name.slice(1)}`;
};
