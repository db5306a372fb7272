import { DomainError } from "../errors/domain-error.ts";
import { isTimeZone } from "../time-zone.ts";
import { type Moments, momentsOf, parseCron } from "./moments-of.ts";
import { SCHEDULE_MINUTES_MIN } from "./schedule.contract.ts";
import { tellCron } from "./tell-cron.ts";

const MS_PER_MINUTE = 60_000;
const FIELDS = ["minute", "hour", "day of the month", "month", "day of the week"] as const;
const BOUNDS = ["0 to 59", "0 to 23", "1 to 31", "1 to 12 or JAN to DEC", "0 to 7 or SUN to SAT"];
/** What both the reader and the words of a cron text know, and nothing that one of them takes otherwise. */
const FIELD = /^[\dA-Za-z*,/#-]+$/;

/**
 * Reads a cron text of five fields and a time zone as somebody gives them.
 * @throws DomainError INVALID_INPUT, which says which part cannot be read, that it never comes, or that it comes too often
 */
export function readCron(given: { cron: string; timeZone: string }, now: Date): Moments {
  const { cron, timeZone } = given;
  if (!isTimeZone(timeZone)) {
    throw refused("timeZone", "This is no time zone. Name one as Europe/Berlin or UTC.");
  }
  const fields = cron.split(/\s+/);
  if (fields.length !== FIELDS.length) {
    const names = "minute, hour, day of the month, month, day of the week";
    throw refused("cron", `Give five parts with blanks between them: ${names}.`);
  }
  for (const [at, field] of fields.entries()) {
    if (FIELD.test(field) && isReadable(fields.map((_, place) => (place === at ? field : "*"))))
      continue;
    throw refused("cron", `The ${FIELDS[at]}, "${field}", cannot be read: ${BOUNDS[at]}, or *.`);
  }
  const moments = momentsOf(given);
  if (moments.next(now) === undefined)
    throw refused("cron", "No day of the calendar is such a day.");
  const minutes = shortestPause(fields);
  if (minutes < SCHEDULE_MINUTES_MIN) {
    const most = `A schedule runs at most every ${SCHEDULE_MINUTES_MIN} minutes`;
    throw refused(
      "cron",
      `${most}; this one would run after ${minutes === 1 ? "a minute" : `${minutes} minutes`}.`,
    );
  }
  return moments;
}

const refused = (field: "cron" | "timeZone", message: string): DomainError =>
  new DomainError("INVALID_INPUT", message, {
    errorCode: "INVALID_SCHEDULE",
    fieldErrors: { [field]: message },
  });

function isReadable(fields: readonly string[]): boolean {
  try {
    const cron = fields.join(" ");
    parseCron(cron, "UTC");
    return tellCron(cron) !== "";
  } catch {
    return false;
  }
}

/** Minutes between the two of its times that lie nearest to each other, on days that follow each other. */
function shortestPause([minute, hour]: readonly string[]): number {
  const daily = parseCron(`${minute} ${hour} * * *`, "UTC");
  const start = Date.UTC(2026, 0, 1) - 1;
  let shortest = Infinity;
  let before: Date | undefined;
  for (const at of daily.enumerate(new Date(start))) {
    if (before) shortest = Math.min(shortest, (at.getTime() - before.getTime()) / MS_PER_MINUTE);
    if (shortest < SCHEDULE_MINUTES_MIN || at.getTime() > start + 2 * 24 * 60 * MS_PER_MINUTE)
      break;
    before = at;
  }
  return shortest;
}
