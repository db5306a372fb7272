import { leadFacets, leads } from "@scrapersky/db/schema";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { FilterValues } from "../list/list.contract.ts";
import type { LEAD_LIST, LeadTrait } from "./lead-list.contract.ts";

/** Conditions know the row by a name of its own, so that they may be asked of any part of the table. */
export const lead = alias(leads, "lead");

const COUNTED: readonly string[] = ["email", "phone", "person"] satisfies LeadTrait[];
const traitFacet = (trait: LeadTrait): string =>
  COUNTED.includes(trait) ? trait : `signal ${trait}`;

/**
 * What the index over all facets is asked for, in the words of the function `app.lead_facets`: undefined where no filter is
 * one of them. It finds every row that fits and may find others, which the conditions themselves refuse.
 */
export function narrowByFacets(
  tenantId: string,
  filters: FilterValues<typeof LEAD_LIST>,
): SQL | undefined {
  const any = [
    facetsOf("technology", filters.technology, true),
    facetsOf("category", filters.category),
    facetsOf("country", filters.country),
    facetsOf("region", filters.region, true),
    facetsOf("town", filters.town, true),
    facetsOf("language", filters.language),
    facetsOf("network", filters.network),
    facetsOf("mail", filters.deliverable),
    facetsOf("reason", filters.reason),
    facetsOf("label", filters.label),
  ].filter((words) => words !== undefined);
  const all = [
    ...(filters.has ?? []).map((trait) => facetOf(traitFacet(trait))),
    ...(filters.contacted === true ? [facetOf("contacted")] : []),
    ...(filters.doNotContact === true ? [facetOf("do not contact")] : []),
    ...any.flatMap((words) => (words.length === 1 ? words : [])),
  ];
  const several = any.filter(({ length }) => length !== 1);
  if (all.length === 0 && several.length === 0) return undefined;
  // Values that the planner cannot see: it would read the whole table for facets that many have.
  const keysOf = (words: SQL[]) =>
    sql`(select array(select hashtextextended(${tenantId}::uuid::text || word, 0) from unnest(array[${sql.join(words, sql`, `)}]) word))`;
  return sql.join(
    [
      ...(all.length > 0 ? [sql`${leadFacets(lead)} @> ${keysOf(all)}`] : []),
      ...several.map((words) => sql`${leadFacets(lead)} && ${keysOf(words)}`),
    ],
    sql` and `,
  );
}

const facetOf = (facet: string): SQL => sql`${facet}::text`;

/** Small letters are the database's, as those of the index are. */
const facetsOf = (name: string, words: readonly string[] | undefined, folded = false) =>
  words?.map((word) =>
    folded ? sql`lower(${`${name} ${word}`}::text)` : facetOf(`${name} ${word}`),
  );
