import { lineOrNull } from "../text.ts";
import { type Node, strings } from "./schema-values.ts";

const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** Opening hours of a schema.org node as lines such as "Mo-Fr 09:00-18:00". */
export function openingHours(node: Node): string[] {
  const lines: string[] = [];
  for (const text of strings(node["openingHours"])) {
    const line = lineOrNull(text, 120);
    if (line !== null) lines.push(line);
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

function specificationLine(item: unknown): string | undefined {
  if (item === null || typeof item !== "object") return undefined;
  const { dayOfWeek, opens, closes } = item as Node;
  const days = strings(dayOfWeek)
    .map((day) => DAYS.indexOf(day.replace(/^.*[/#]/, "")))
    .filter((day) => day >= 0)
    .toSorted((one, other) => one - other);
  if (days.length === 0 || !isTime(opens) || !isTime(closes)) return undefined;
  return `${dayRanges(days)} ${opens.slice(0, 5)}-${closes.slice(0, 5)}`;
}

const isTime = (value: unknown): value is string =>
  typeof value === "string" && /^\d{2}:\d{2}/.test(value);

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

const short = (day: number): string => (DAYS[day] as string).slice(0, 2);
