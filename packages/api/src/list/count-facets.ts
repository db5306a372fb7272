import { expression, type Reader, withOptions } from "@scrapersky/db";
import { is, sql } from "drizzle-orm";
import { PgArray, type PgColumn } from "drizzle-orm/pg-core";
import type { List } from "./define-list.ts";
import { withoutReach } from "../rbac/without-reach.ts";
import { inTime, LIST_READ_MAX_MS } from "./in-time.ts";
import { checkRights, type Rights } from "./list-rights.ts";
import type { AnyList, FacetOf, Facets, FilterValues } from "./list.contract.ts";
import { type Fields, selectRows } from "./list-rows.ts";
import { rowsFor } from "./rows-for.ts";
import { narrowingOf } from "./select-by-ways.ts";

/** Rows whose values are counted: all of a list that has no more, else so many of it. */
export const FACETED_MAX = 10_000;
/** Values told of each facet, the most frequent ones. */
export const FACET_VALUES_MAX = 20;

/** The most frequent values of the rows of a list. */
export async function countFacets<L extends AnyList>(
  reader: Reader,
  { contract, rows: all, facets }: List<L, unknown>,
  tenantId: string,
  filters: FilterValues<L>,
  rights: Rights,
): Promise<Facets<L>> {
  checkRights(contract, filters, rights);
  const rows = rowsFor(all, rights);
  const columns = (Object.entries(facets ?? {}) as [FacetOf<L>, PgColumn][]).filter(
    ([name]) => rights.mayReadContacts || contract.filters[name]?.personal !== true,
  );
  const within = withOptions(reader, { timeoutMs: LIST_READ_MAX_MS });
  const which = { tenantId, filters };
  const fields: Fields = Object.fromEntries(
    columns.map(([name, column]) => [name, sql`${column}`.as(name)]),
  );
  const looked = selectRows(
    rows,
    within,
    { ...which, beyond: narrowingOf(rows, which, FACETED_MAX + 1) },
    fields,
  ).limit(FACETED_MAX + 1);
  const counted = columns.map(([name, column]) => {
    const values = is(column, PgArray)
      ? sql`unnest(${sql.identifier(name)})`
      : sql`${sql.identifier(name)}::text`;
    return sql`(select ${name}::text as facet, value, count(*)::int as count
      from (select ${values} as value from looked_at) each where value is not null
      group by value order by count(*) desc, value limit ${FACET_VALUES_MAX})`;
  });
  const total = sql`(select '' as facet, null as value, count(*)::int as count from looked_at)`;
  const found = await inTime(
    contract,
    within
      .select({
        facet: expression("text")`coalesce(facet, '')`,
        value: expression("text")`coalesce(value, '')`,
        count: expression("int4")`coalesce(count, 0)`,
      })
      .from(
        sql`(with looked_at as materialized ${looked} ${sql.join([total, ...counted], sql` union all `)}) counted`,
      ),
  );
  const rowsCounted = found.find(({ facet }) => facet === "")?.count ?? 0;
  return {
    rows: Math.min(rowsCounted, FACETED_MAX),
    all: rowsCounted <= FACETED_MAX,
    facets: Object.fromEntries(
      Object.keys(facets ?? {}).map((name) => [
        name,
        found
          .filter(({ facet, value }) => facet === name && withoutReach(value, rights) === value)
          .map(({ value, count }) => ({ value, count })),
      ]),
    ) as Facets<L>["facets"],
  };
}
