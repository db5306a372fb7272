import { leadFacets, leads } from "@scrapersky/db/schema";
import { type SQL, sql } from "drizzle-orm";
import { alias } from "drizzle-orm/pg-core";
import type { FilterValues } from "../list/list.contract.ts";
import { spelledEitherWay } from "./region-words.ts";
import type { LEAD_LIST, LeadTrait } from "./lead-list.contract.ts";

/** Conditions know the row by a name of its own, so that they may be asked of any part of the table. */
export const lead = alias(leads, "lead");

const COUNTED: readonly string[] = ["email", "phone", "person"] satisfies LeadTrait[];
const traitFacet = (trait: LeadTrait): string =>
  COUNTED.includes(trait) ? trait : `signal ${trait}`;

/** Several words of one of these are what most leads have: to put their rows together costs more than it saves. */
const COMMON: readonly string[] = ["country", "language", "category", "deliverable"];

/** What the index over all facets answers of a question. */
export interface FacetNarrowing {
  /** Finds the rows that have all of it. */
  where: SQL;
  /** The filters that it answers whole. */
  filters: (keyof FilterValues<typeof LEAD_LIST>)[];
}

/**
 * What the index over all facets is asked for, in the words of the function `app.lead_facets`: undefined where no filter is
 * one of them. A facet is a number of 64 bits, by which two words of a tenant are told apart.
 */
export function narrowByFacets(
  tenantId: string,
  filters: FilterValues<typeof LEAD_LIST>,
): FacetNarrowing | undefined {
  const some = Object.entries({
    technology: facetsOf("technology", filters.technology, true),
    category: facetsOf("category", filters.category),
    country: facetsOf("country", filters.country),
    region: facetsOf("region", filters.region && spelledEitherWay(filters.region), true),
    town: facetsOf("town", filters.town, true),
    language: facetsOf("language", filters.language),
    network: facetsOf("network", filters.network),
    deliverable: facetsOf("mail", filters.deliverable),
    reason: facetsOf("reason", filters.reason),
    label: facetsOf("label", filters.label),
  }).flatMap(([name, words]) =>
    words === undefined ? [] : [{ name: name as FacetNarrowing["filters"][number], words }],
  );
  const all = {
    has: filters.has?.map((trait) => facetOf(traitFacet(trait))),
    contacted: filters.contacted === true ? [facetOf("contacted")] : undefined,
    doNotContact: filters.doNotContact === true ? [facetOf("do not contact")] : undefined,
  };
  const single = some.filter(({ words }) => words.length === 1);
  const every = [
    ...Object.values(all).flatMap((words) => words ?? []),
    ...single.flatMap(({ words }) => words),
  ];
  const rare = some.filter(({ name, words }) => words.length > 1 && !COMMON.includes(name));
  const isNarrow = every.length + rare.length > 0;
  const any = some.filter((one) => !single.includes(one) && (!isNarrow || rare.includes(one)));
  if (every.length === 0 && any.length === 0) return undefined;
  // Values that the planner cannot see: it would read the whole table for facets that many have.
  const keysOf = (words: SQL[]) =>
    sql`(select array(select hashtextextended(${tenantId}::uuid::text || word, 0) from unnest(array[${sql.join(words, sql`, `)}]) word))`;
  return {
    where: sql.join(
      [
        ...(every.length > 0 ? [sql`${leadFacets(lead)} @> ${keysOf(every)}`] : []),
        ...any.map(({ words }) => sql`${leadFacets(lead)} && ${keysOf(words)}`),
      ],
      sql` and `,
    ),
    filters: [
      ...[...single, ...any].map(({ name }) => name),
      ...(Object.keys(all) as (keyof typeof all)[]).filter((name) => all[name] !== undefined),
    ],
  };
}

const facetOf = (facet: string): SQL => sql`${facet}::text`;

/** Small letters are the database's, as those of the index are. */
const facetsOf = (name: string, words: readonly string[] | undefined, folded = false) =>
  words?.map((word) =>
    folded ? sql`lower(${`${name} ${word}`}::text)` : facetOf(`${name} ${word}`),
  );
