import { defineStatement, executeRawSqlOne, type Reader } from "@scrapersky/db";
import { type SQL, sql } from "drizzle-orm";
import { getTableConfig, type PgColumn } from "drizzle-orm/pg-core";
import type { Place } from "./cursor.ts";
import type { Order } from "./list-rows.ts";
import { beyondOf, directed, joined } from "./sorted.ts";

// Of a tenant's rows in tables that nobody has analysed the planner expects a two-hundredth, whatever the tenant. Where it joins two
// such tables it gathers and sorts, for each chunk, all rows behind the place. So the rows of a chunk are chosen beforehand, from a
// range that is not below the tenant: of that it expects a third of the table, and reads it in its order.

/** Rows looked at for each that is told: some are of a deleted batch, or came too late. */
const LOOKED_AT = 1.25;

const counted = defineStatement(
  `select coalesce(bool_and(reltuples >= 0), true) as is_known from pg_class
   where oid in (select to_regclass(name) from unnest(:tables::text[]) name)`,
  { is_known: "bool" },
);

const nameOf = ({ table }: PgColumn): string => {
  const { schema = "public", name } = getTableConfig(table);
  return `${schema}.${name}`;
};

/** Whether the rows of an order are joined with others, and nobody has ever analysed one of both tables. */
export async function areUnknown(
  reader: Reader,
  id: PgColumn,
  { twins = [] }: Order,
): Promise<boolean> {
  if (twins.length === 0) return false;
  const tables = [id, ...twins].map(nameOf);
  return (await executeRawSqlOne(reader, counted, { tables }))?.is_known === false;
}

/** SQL of the ids of the next rows behind a place, the tenant's and, at its end, others': whose they are is to be asked besides. */
export function nextIds(
  id: PgColumn,
  {
    tenantId,
    tenantKey,
    order,
    place,
    limit,
  }: {
    tenantId: string;
    tenantKey: PgColumn;
    order: Order;
    place: Place;
    limit: number;
  },
): SQL {
  const among: Order = { ...order, keys: [{ value: tenantKey, type: "uuid" }, ...order.keys] };
  const values = among.keys.map(({ value }) => value);
  const from: Place = { side: "from", keys: [tenantId, ...place.keys] };
  const sorted = joined(values.map((value) => directed(order, undefined, value)));
  return sql`select ${id} from ${id.table} where ${beyondOf(among, from, values)}
    order by ${sorted} limit ${Math.ceil(limit * LOOKED_AT) + 1}`;
}
