import type { Reader } from "@scrapersky/db";
import { preferences } from "@scrapersky/db/schema";
import { and, eq } from "drizzle-orm";
import type { Preference } from "./preference.contract.ts";

/** How a person wants something; programs want nothing. */
export async function getPreference(
  reader: Reader,
  personId: string,
  key: string,
): Promise<Preference> {
  const [row] = await reader
    .select({ value: preferences.value })
    .from(preferences)
    .where(and(eq(preferences.personId, personId), eq(preferences.key, key)));
  return { key, value: (row?.value as string[] | undefined) ?? null };
}
