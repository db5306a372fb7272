import type { Reader } from "@scrapersky/db";
import { profiles, savedViews } from "@scrapersky/db/schema";
import { and, asc, eq, or } from "drizzle-orm";
import type { Actor } from "../rbac/actor.ts";
import { contactReaderOf } from "../rbac/contact-reader.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { knownList } from "./known-list.ts";
import type { SavedView } from "./view.contract.ts";
import { toView, VIEW_COLUMNS_WITH_OWNER } from "./view-row.ts";

/**
 * The views of a list that the caller made or that somebody shares. Those of others that look for an address or a number are
 * kept from whoever may not read contacts.
 * @throws DomainError NOT_FOUND for a list that is none; FORBIDDEN without its permission
 */
export async function findViews(
  reader: Reader,
  actor: Actor,
  listName: string,
): Promise<SavedView[]> {
  const list = knownList(actor, listName);
  const rows = await reader
    .select(VIEW_COLUMNS_WITH_OWNER)
    .from(savedViews)
    .leftJoin(profiles, eq(profiles.id, savedViews.ownerId))
    .where(
      and(
        eq(savedViews.tenantId, actor.tenantId),
        eq(savedViews.list, list.name),
        or(eq(savedViews.ownerId, actor.id), eq(savedViews.shared, true)),
      ),
    )
    .orderBy(asc(savedViews.name), asc(savedViews.id));
  const rights = contactReaderOf(actor);
  const personal = Object.entries(list.filters).flatMap(([name, filter]) =>
    filter.personal === true ? [filter.address ?? name] : [],
  );
  const tells = ({ name, query }: { name: string; query: string }): boolean => {
    const params = new URLSearchParams(query);
    return (
      personal.some((address) => params.has(address)) ||
      [name, ...params.values()].some((text) => withoutReach(text, rights) !== text)
    );
  };
  return rows
    .map((row) => toView(row, actor.id))
    .filter((view) => view.mine || rights.mayReadContacts || !tells(view));
}
