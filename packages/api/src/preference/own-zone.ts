import type { Reader } from "@scrapersky/db";
import { isTimeZone } from "../time-zone.ts";
import { getPreference } from "./get-preference.ts";

/** The preference that says in which time zone a person wants times told. */
export const ZONE_KEY = "account.zone";

/** The time zone that a person chose; null for none. */
export async function getOwnZone(reader: Reader, personId: string): Promise<string | null> {
  const { value } = await getPreference(reader, personId, ZONE_KEY);
  const [zone] = value ?? [];
  return zone !== undefined && isTimeZone(zone) ? zone : null;
}
