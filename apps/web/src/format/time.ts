const SECOND_MS = 1000;
const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** The units of every length of time, the largest first. */
const UNITS = [
  { word: "d", seconds: DAY },
  { word: "h", seconds: HOUR },
  { word: "m", seconds: MINUTE },
  { word: "s", seconds: 1 },
] as const;

const FORMS = {
  exact: {
    day: "numeric",
    month: "short",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    second: "2-digit",
    timeZoneName: "short",
  },
  dayOfYear: { day: "numeric", month: "short" },
  dayAndYear: { dateStyle: "medium" },
} as const satisfies Record<string, Intl.DateTimeFormatOptions>;

/** To make one costs more than to use it a hundred times. */
const made = new Map<string, Intl.DateTimeFormat>();

const formatIn = (form: keyof typeof FORMS, zone: string, date: Date): string => {
  const key = `${form} ${zone}`;
  const known = made.get(key);
  const format = known ?? new Intl.DateTimeFormat("en-GB", { ...FORMS[form], timeZone: zone });
  if (known === undefined) made.set(key, format);
  return format.format(date);
};

/** "21 Nov 2026, 11:15:59 UTC", in an IANA zone. */
export const formatExact = (iso: string, zone = "UTC"): string =>
  formatIn("exact", zone, new Date(iso));

/** "21 Nov 2026". */
export const formatDay = (iso: string): string => formatIn("dayAndYear", "UTC", new Date(iso));

/** "21 Nov", of a day such as `2026-11-21`. */
export const formatDayOfYear = (day: string): string => formatIn("dayOfYear", "UTC", new Date(day));

/** "12s ago", "5m ago", "3h ago", "2d ago", then the day. `nowMs` may run ahead of or behind the server's clock. */
export const formatAgo = (iso: string, nowMs: number, zone = "UTC"): string => {
  const date = new Date(iso);
  const age = (nowMs - date.getTime()) / SECOND_MS;
  if (age < 5) return "just now";
  if (age < 7 * DAY) return `${partsOf(age)[0]} ago`;
  const sameYear = new Date(nowMs).getUTCFullYear() === date.getUTCFullYear();
  return formatIn(sameYear ? "dayOfYear" : "dayAndYear", zone, date);
};

/** 0.34 → "340ms", 2.35 → "2.3s", 41 → "41s", 200 → "3m 20s", 8000 → "2h 13m". */
export const formatSeconds = (seconds: number): string => {
  if (seconds < 1) return `${Math.round(seconds * SECOND_MS)}ms`;
  if (seconds < 10) return `${(Math.floor(seconds * 10) / 10).toFixed(1)}s`;
  return partsOf(seconds).join(" ");
};

/** What moves once a second: 0.4 → "0s", 9.8 → "9s", then as above. */
export const formatWholeSeconds = (seconds: number): string =>
  partsOf(Math.max(0, seconds)).join(" ");

/** The largest unit that fits. */
export const unitOf = (seconds: number) =>
  UNITS.find((unit) => seconds >= unit.seconds) ?? UNITS[3];

/** The largest unit that fits, and the one below it: ["3m", "20s"]. */
function partsOf(seconds: number): string[] {
  const unit = unitOf(seconds);
  const count = Math.floor(seconds / unit.seconds);
  const below = UNITS[UNITS.indexOf(unit) + 1];
  const rest = below && Math.floor((seconds % unit.seconds) / below.seconds);
  return [`${count}${unit.word}`, ...(below ? [`${rest}${below.word}`] : [])];
}
