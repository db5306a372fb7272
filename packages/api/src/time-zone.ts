/** Names of the IANA's. Offsets such as +01:00 know no daylight saving. */
const ZONE = /^[A-Za-z][\w+-]*(?:\/[\w+-]+)*$/;

/** Whether this program knows a time zone of this name. */
export function isTimeZone(name: string): boolean {
  if (!ZONE.test(name)) return false;
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
