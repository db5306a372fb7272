import type { Reader } from "@scrapersky/db";
import { suppressions } from "@scrapersky/db/schema";
import { eq } from "drizzle-orm";
import type { ContactReader } from "../rbac/contact-reader.ts";
import type { Purge, SuppressionsAdded } from "./suppression.contract.ts";

// Counts say whether somebody's address is held, to whoever names it. Who may not read contacts is not told them.

const namesAddresses = (entries: readonly string[]): boolean =>
  entries.some((entry) => entry.includes("@"));

/** What is told of entries that were added: of addresses not whether they stood there, nor what went with them. */
export function tellAdded<Answer extends SuppressionsAdded>(
  answer: Answer,
  entries: readonly string[],
  { mayReadContacts }: ContactReader,
): Answer {
  if (mayReadContacts || !namesAddresses(entries)) return answer;
  return { ...answer, added: answer.added + answer.known, known: 0, purge: null };
}

/** What is told of a purge: rows by place only where it is of domains alone. */
export async function tellPurge(
  reader: Reader,
  purge: Purge,
  { mayReadContacts }: ContactReader,
): Promise<Purge> {
  if (mayReadContacts) return purge;
  const kinds = await reader
    .selectDistinct({ kind: suppressions.kind })
    .from(suppressions)
    .where(eq(suppressions.purgeId, purge.purgeId));
  const isOfDomains = kinds.length === 1 && kinds[0]?.kind === "domain";
  return isOfDomains ? purge : { ...purge, removed: {} };
}
