import type { Reader } from "@scrapersky/db";
import { and, type SQL, sql, type SQLWrapper } from "drizzle-orm";
import type { Place } from "./cursor.ts";
import type { AnyList, FilterValues, OrderOf } from "./list.contract.ts";
import {
  askedOf,
  type Fields,
  type ListRows,
  ofTenant,
  type Order,
  selectWhere,
} from "./list-rows.ts";
import { isFound } from "./is-found.ts";
import { beyondOf, beyondRank, directed, isDescending, joined, keyName, keyOf } from "./sorted.ts";
import type { Gather, Walk, Ways } from "./ways.ts";

export interface Finding<L extends AnyList> {
  reader: Reader;
  tenantId: string;
  filters: FilterValues<L>;
  /** One condition more, which no way knows. */
  also?: SQL | undefined;
  order: Order;
  place: Place | undefined;
  limit: number;
}

/**
 * Rows of a large tenant of which walking reads as many for a page as gathering does, where both cost the same for a row.
 * Measured: 0.8 µs for a lead that is walked, 1.3 µs for one that is gathered.
 */
const ROWS_WORTH_A_WALK = 300_000;
/** Rows that tell how many fit: more than one domain's or batch's, which lie together and are alike. */
const TASTE_MIN = 500;
/** So many of them fit where walking on and gathering cost the same: fewer would be chance. */
const FITTING_MIN = 6;
/** Shares of rows that fit between which the first of them are gathered from a part of the order. */
const IN_PART = { from: 0.008, to: 0.03 };
/** How much longer that part is than it seems to have to be. */
const PART_SLACK = 1.6;

/**
 * A first stretch of the walk tells how dense the rows lie that fit. Where it does not fill the page and the list goes on, so
 * does the walk if they are dense enough that it soon ends; else they are few, and are gathered, from the whole list or from
 * as much of it as seems to have a page of them. No way reads more than some thousand rows, however wrong the planner's
 * idea of them.
 */
export function selectByWays<L extends AnyList>(
  rows: ListRows<L>,
  { walk: whole, gather, also: besides }: Ways,
  asked: Finding<L>,
): SQL {
  const { shown } = rows;
  const ranges = shown && whole.ranges.map((range) => sql`(${range} and ${shown})`);
  const walk = ranges ? { ...whole, ranges } : whole;
  const also = and(asked.also, besides);
  const finding = { ...asked, also };
  const { order, limit } = finding;
  if (also === undefined && (walk.test === undefined || walk.dense)) {
    return stretched(walk, finding, limit, { fitting: true });
  }
  const inPart = walk.skips === true && gather !== undefined && "narrow" in gather;
  const density = inPart ? IN_PART.to : Math.sqrt(limit / (walk.worth ?? ROWS_WORTH_A_WALK));
  const taste = Math.max(TASTE_MIN, Math.ceil(FITTING_MIN / density), 2 * limit);
  const far = Math.ceil((1.5 * limit) / density);
  const few = inPart ? Math.ceil(taste * IN_PART.from) : Infinity;
  const keys = joined(order.keys.map((_, at) => keyOf(at)));
  const found = countOf("tried");
  const step = sql`(select step from ending)`;
  const isFew = gather && "narrow" in gather ? gather.few : undefined;
  const knownFew = isFew ? sql`when ${isFew} then 'gather' ` : sql``;
  const isFull = sql`${found} + ${countOf("more")} >= ${limit}`;
  // Steps are read no further than the next one asks, so that a page which fills soon looks at few rows.
  return sql`with looked as materialized (${walked(rows, walk, finding, taste)}),
    tried as materialized (select page_id, ${keys} from looked where fits limit ${limit}),
    ending as materialized (
      select case ${knownFew}when ${found} >= ${limit} or ${countOf("looked")} < ${taste} then 'over'
        when ${found} >= ${Math.ceil(taste * density)} then 'walk'${inPart ? sql` when ${found} >= ${few} then 'part'` : sql``} else 'gather' end as step
    ),
    last as materialized (select ${keys} from looked limit 1 offset ${taste - 1}),
    more as materialized (
      select page_id, ${keys} from (${walked(rows, walk, finding, far, "last")}) walk
      where fits and ${step} = 'walk' limit ${limit}
    )${inPart ? sql`, ${gatheredInPart(rows, { walk, gather }, finding, taste)}` : sql``},
    gathered as materialized (
      select * from (${gathered(rows, gather, finding)}) few
      where case ${step} when 'gather' then true when 'walk' then not (${isFull})
        ${inPart ? sql` when 'part' then ${countOf("part")} < ${limit}` : sql``} else false end
    )
    select * from gathered
    ${inPart ? sql` union all select * from part where ${countOf("part")} = ${limit}` : sql``}
    union all select * from more where ${step} = 'walk' and ${isFull}
    union all select * from tried where ${step} = 'over' or ${step} = 'walk' and ${isFull}`;
}

const countOf = (step: string): SQL => sql`(select count(*) from ${sql.identifier(step)})`;

/** What is gathered from as much of the order as seems to have a page of rows that fit. */
function gatheredInPart<L extends AnyList>(
  rows: ListRows<L>,
  { walk, gather }: Ways,
  finding: Finding<L>,
  taste: number,
): SQL {
  const { order, place, limit } = finding;
  const skipped = sql`(select ${Math.ceil(PART_SLACK * limit * taste)} / nullif(${countOf("tried")}, 0))`;
  const untested = { ...walk, test: undefined };
  const edge = stretched(untested, finding, sql`1 offset ${skipped}`, { fitting: true });
  const until = comparedWith("edge", order, place, ["<=", ">="]);
  return sql`edge as materialized (${edge}),
    part as materialized (
      select * from (${gathered(rows, gather, finding, until)}) part where (select step from ending) = 'part'
    )`;
}

/** Keys of the order held to those of a step's only row. */
const comparedWith = (
  step: "edge" | "last",
  { keys, ...order }: Order,
  place: Place | undefined,
  [up, down]: readonly [string, string],
  own: readonly SQLWrapper[] = keys.map(({ value }) => value),
): SQL => {
  const its = own.map((_, at) => sql`(select ${keyOf(at)} from ${sql.identifier(step)})`);
  return sql`(${joined(own)}) ${sql.raw(isDescending({ keys, ...order }, place) ? down : up)} (${joined(its)})`;
};

const selected = (id: SQLWrapper, keys: readonly SQLWrapper[]): SQL =>
  sql`${id} as page_id, ${joined(keys.map((key, at) => sql`${key} as ${keyOf(at)}`))}`;

/** No bare number: that would be the number of a column to sort by. */
const rankOf = (rank: number): SQL => sql`${sql.raw(String(rank))}::int`;

/**
 * Rows of the walk in its order, as one or several ranges of an index that are merged: those that fit alone, or all, with
 * whether they do.
 * @param most how many, or a LIMIT in SQL
 */
function stretched<L extends AnyList>(
  { table, id, keys, ranges, ranks, test }: Walk,
  { order, place }: Finding<L>,
  most: number | SQL,
  { fitting = false, behind }: { fitting?: boolean; behind?: "last" | undefined },
): SQL {
  const all = keys ?? order.keys.map(({ value }) => value);
  const fits = fitting ? sql`` : sql`, ${test ?? sql`true`} as fits`;
  const [first, ...others] = ranges.map((range, at) => {
    const rank = ranks?.[at];
    const own = rank === undefined ? all : [rankOf(rank), ...all.slice(1)];
    const beyond = behind
      ? comparedWith(behind, order, place, [">", "<"], own)
      : place &&
        (rank === undefined ? beyondOf(order, place, own) : beyondRank(order, place, own, rank));
    const sorted = joined(
      own.slice(rank === undefined ? 0 : 1).map((key) => directed(order, place, key)),
    );
    return sql`select ${selected(id, own)}${fits} from ${table}
        where ${and(range, beyond, fitting ? test : undefined)} order by ${sorted} limit ${most}`;
  });
  if (first === undefined) throw new Error("a walk has a range at least");
  if (others.length === 0) return first;
  const parts = [first, ...others].map((range) => sql`(${range})`);
  const merged = joined(order.keys.map((_, at) => directed(order, place, keyOf(at))));
  return sql`select * from (${sql.join(parts, sql` union all `)}) stretches order by ${merged} limit ${most}`;
}

/** Rows of the walk, the first or those behind a step's last one, with whether they fit. */
function walked<L extends AnyList>(
  rows: ListRows<L>,
  walk: Walk,
  finding: Finding<L>,
  most: number,
  behind?: "last",
): SQL {
  const { reader, order, also } = finding;
  const stretch = stretched(walk, finding, most, { behind });
  if (also === undefined) return stretch;
  const keys = joined(order.keys.map((_, at) => keyOf(at)));
  const kept = selectWhere(rows, reader, { kept: sql`true`.as("kept") }, [
    sql`${rows.id} = page_id`,
    also,
  ]);
  return sql`select page_id, ${keys}, fits and ${isFound(kept)} as fits from (${stretch}) walked`;
}

/** The condition by which few rows are found fast, for whoever wants all of them; undefined where no index helps. */
export function narrowingOf<L extends AnyList>(
  rows: ListRows<L>,
  { tenantId, filters }: { tenantId: string; filters: FilterValues<L> },
  most: number | undefined,
): SQL | undefined {
  const [name] = Object.keys(rows.orders) as OrderOf<L>[];
  const { gather, also } = (name && rows.ways?.({ tenantId, filters, order: name })) ?? {};
  if (gather === undefined) return undefined;
  if ("narrow" in gather) return gather.narrow;
  const limit = most === undefined || also !== undefined ? sql`` : sql` limit ${most}`;
  const { table, id, where } = gather;
  return sql`${rows.id} = any(array(select ${id} from ${table} where ${where}${limit}))`;
}

function gathered<L extends AnyList>(
  rows: ListRows<L>,
  gather: Gather | undefined,
  finding: Finding<L>,
  until?: SQL,
): SQL {
  const { reader, tenantId, filters, also, order, place, limit } = finding;
  const own = order.keys.map(({ value }) => value);
  const fields: Fields = { id: sql`${rows.id}`.as("page_id") };
  for (const [at, key] of own.entries()) fields[keyName(at)] = sql`${key}`.as(`page_key_${at}`);
  const narrow = gather && narrowBy(rows, gather, finding);
  const known = gather && "narrow" in gather ? gather : undefined;
  const tenant = ofTenant(rows, tenantId);
  const beyond = place && beyondOf(order, place);
  const found = selectWhere(rows, reader, fields, [
    narrow,
    // The planner would combine the index that found few rows with one of all rows of the tenant.
    known?.own === true && until === undefined ? sql`(${tenant}) is true` : tenant,
    ...askedOf(rows.where, tenantId, filters, known?.instead),
    also,
    beyond,
    until,
  ]);
  // Nothing narrows: how to find the rows is the planner's to say.
  if (narrow === undefined) {
    return sql`${found.orderBy(...own.map((key) => directed(order, place, key))).limit(limit)}`;
  }
  const outer = own.map((_, at) => directed(order, place, keyOf(at)));
  return sql`with few as materialized (${found}) select * from few order by ${joined(outer)} limit ${limit}`;
}

function narrowBy<L extends AnyList>(
  rows: ListRows<L>,
  gather: Gather,
  { also, order, place, limit }: Finding<L>,
): SQL {
  if ("narrow" in gather) return gather.narrow;
  const { table, id, where, keys } = gather;
  const beyond = place && beyondOf(order, place, keys);
  const sorted = joined(keys.map((key) => directed(order, place, key)));
  // Where one condition more may refuse some of them, the first are not enough.
  const page = also === undefined ? sql` order by ${sorted} limit ${limit}` : sql``;
  return sql`${rows.id} = any(array(select ${id} from ${table} where ${and(where, beyond)}${page}))`;
}
