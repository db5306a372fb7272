const DAY = String.raw`(\d{4}-\d\d-\d\d)`;
const CLOCK = String.raw`(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?`;
/** Postgres knows no zone further away. */
const ZONE = String.raw`(?:Z|[+-](?:0\d|1[0-5]):[0-5]\d)`;
const MOMENT = new RegExp(`^${DAY}(?:T${CLOCK}${ZONE})?$`);

/** Whether filters take a text for a moment: ISO 8601 with its zone, or a day, of the years 1 to 9999. */
export function isMoment(text: string): boolean {
  const day = MOMENT.exec(text)?.[1];
  if (day === undefined || day.startsWith("0000")) return false;
  const time = new Date(`${day}T00:00:00Z`);
  // Of the 30th of February a date makes one of March.
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(day);
}
