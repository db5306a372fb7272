import { type Executor, executeRawSqlOne } from "../session/scope/raw-sql.ts";
import { emptyStep, type PlannedStep } from "./adoption.ts";
import { type Facts, type LiveTable, type Reference, tablesOf } from "./facts.ts";
import { type MergeWords, wordsFor } from "./merge-words.ts";
import { fillRows, moveLink } from "./moved-rows.ts";
import { keep, keyText, literal, restoreColumns, restoreRows, rowText } from "./saved.ts";

// Rows that repeat where the schema has one: whoever refers to them refers to the one that stands for
// them, then they go. That can make rows of the referring tables the same, which are merged in turn,
// whatever table it is. A row is moved once: who refers is merged before what is referred to.

/** Columns that mean a row of another table without a foreign key. */
const UNDECLARED: Pick<Reference, "table" | "columns" | "target" | "targetColumns">[] = [
  ["public.user_tenants", "role_id"],
  ["public.sidebar_features", "minimum_role_id"],
].map(([table = "", column = ""]) => ({
  table,
  columns: [column],
  target: "public.roles",
  targetColumns: ["id"],
}));

export type Link = (typeof UNDECLARED)[number];

/** Rows of one table that go, and those that stay for them. */
export interface Merge {
  table: LiveTable;
  columns: string[];
  words: MergeWords;
  /** The temporary table, and the CTE in a question. */
  map: string;
  body: string;
  /** Columns by which others refer, each with its place in the map. */
  held: string[];
  count: number;
}

interface Wanted {
  /** Keys that the schema has and the database has not: `public.pages` → its columns. */
  keys: Map<string, string[][]>;
  /** References that the schema has and the database has not. */
  links: Link[];
  /** What stands in the place of a column where the database does not know it yet. */
  instead: Map<string, string>;
}

/** Our own tables in an order in which whoever is referred to comes first. */
const ORDER =
  "tenants roles permissions feature_flags local_businesses profiles domains sitemap_files jobs pages contacts role_permissions user_roles user_tenants sidebar_features tenant_features"
    .split(" ")
    .map((name) => `public.${name}`);

/** @returns one step for each table, in the order in which they have to be done; and what cannot be */
export async function planMerges(
  executor: Executor,
  facts: Facts,
  wanted: Wanted,
): Promise<{ steps: PlannedStep[]; obstacles: string[]; maps: Map<string, string> }> {
  const links = linksOf(facts, wanted.links);
  const merges = new Map<string, Merge>();
  const obstacles: string[] = [];
  const waiting = [...ORDER];
  for (const name of waiting) {
    const table = tablesOf(facts).find(name);
    if (!table) continue;
    const found: Merge[] = [];
    for (const columns of keysToLookAt(table, facts, wanted, links, merges)) {
      const merge = mergeOf(table, columns, links, merges, wanted);
      merge.count = await countOf(executor, merge, merges);
      if (merge.count > 0) found.push(merge);
    }
    const [first, second] = found;
    if (first && second) {
      obstacles.push(
        `rows of ${name} repeat by (${first.columns.join(", ")}) and by (${second.columns.join(", ")}): mend one of the two by hand`,
      );
    }
    if (!first) continue;
    merges.set(name, first);
    for (const link of links) {
      if (link.target === name && !waiting.includes(link.table)) waiting.push(link.table);
    }
  }
  const steps = [...merges.values()]
    .toReversed()
    .map((merge) => stepOf(merge, merges, links, facts));
  return { steps, obstacles, maps: new Map([...merges].map(([name, { map }]) => [name, map])) };
}

/** Every column that means a row of another table. */
function linksOf(facts: Facts, missing: Link[]): Link[] {
  const { column } = tablesOf(facts);
  const known = new Set<string>();
  return [...facts.references, ...missing, ...UNDECLARED].filter((link) => {
    const key = `${link.table}(${link.columns.join()})${link.target}(${link.targetColumns.join()})`;
    const isNew = !known.has(key) && link.columns.every((one) => column(link.table, one));
    known.add(key);
    return isNew;
  });
}

function keysToLookAt(
  table: LiveTable,
  facts: Facts,
  wanted: Wanted,
  links: Link[],
  merges: Map<string, Merge>,
): string[][] {
  const moving = new Set(
    links
      .filter((link) => link.table === table.table && merges.has(link.target))
      .flatMap(({ columns }) => columns),
  );
  const live = facts.keys.filter((key) => key.table === table.table).map(({ columns }) => columns);
  const all = [
    ...(wanted.keys.get(table.table) ?? []),
    ...live.filter((columns) => columns.some((column) => moving.has(column))),
  ];
  return [...new Map(all.map((columns) => [columns.toSorted().join(), columns])).values()];
}

function mergeOf(
  table: LiveTable,
  columns: string[],
  links: Link[],
  merges: Map<string, Merge>,
  { instead }: Wanted,
): Merge {
  const words = wordsFor(table.table, table.key, columns);
  const parents = links.flatMap((link) => {
    const parent = link.table === table.table ? merges.get(link.target) : undefined;
    return parent && link.columns.some((column) => columns.includes(column))
      ? [{ link, parent }]
      : [];
  });
  const joins = parents.map(
    ({ link, parent }, index) =>
      ` left join ${parent.map} p${index} on ${link.columns.map((column, place) => `p${index}.o${parent.held.indexOf(link.targetColumns[place] ?? "")} = t.${column}`).join(" and ")}`,
  );
  const key = columns.map((column) => {
    const index = parents.findIndex(({ link }) => link.columns.includes(column));
    const found = parents[index];
    if (!found) return `t.${column}`;
    const target = found.link.targetColumns[found.link.columns.indexOf(column)] ?? "";
    return `coalesce(p${index}.n${found.parent.held.indexOf(target)}, t.${column})`;
  });
  const names = new Set(table.columns.map(({ column }) => column));
  const rank = words.rank
    .filter(({ column }) => names.has(column))
    .map(({ column, by }) => {
      const other = instead.get(`${table.table}.${column}`);
      return other === undefined ? by : by.replace(`t.${column}`, other);
    });
  const held = [
    ...new Set([
      ...table.key,
      ...links.filter(({ target }) => target === table.table).flatMap((link) => link.targetColumns),
    ]),
  ];
  const values = held.map(
    (column, index) => `, o.${column} as o${index}, n.${column} as n${index}`,
  );
  const order = [...rank, "t.ctid"].join(", ");
  const body =
    `select d.tab, d.old_ctid, d.first_ctid, d.place${values.join("")} from (` +
    `select r.tab, r.at as old_ctid, first_value(r.at) over w as first_ctid, first_value(r.tab) over w as first_tab, row_number() over w as place from (` +
    `select t.tableoid as tab, t.ctid as at, row_number() over (order by ${order}) as rank${key.map((one, index) => `, ${one} as k${index}`).join("")} from ${table.table} t${joins.join("")}` +
    `) r where ${key.map((_, index) => `r.k${index} is not null`).join(" and ")} window w as (partition by ${key.map((_, index) => `r.k${index}`).join(", ")} order by r.rank)` +
    `) d join ${table.table} o on o.ctid = d.old_ctid and o.tableoid = d.tab join ${table.table} n on n.ctid = d.first_ctid and n.tableoid = d.first_tab where d.place > 1`;
  const map = `adopt_${table.table.replace(/^public\./, "").replace(/\W+/g, "_")}`;
  return { table, columns, words, map, body, held, count: 0 };
}

/** The maps a merge reads, in front of a question about it. */
const before = (merge: Merge, merges: Map<string, Merge>): string =>
  `with ${[...[...merges.values()].filter(({ map }) => map !== merge.map), merge].map(({ map, body }) => `${map} as (${body})`).join(", ")}`;

async function countOf(
  executor: Executor,
  merge: Merge,
  merges: Map<string, Merge>,
): Promise<number> {
  const row = await executeRawSqlOne<{ count: number }>(
    executor,
    `${before(merge, merges)} select count(*)::int as count from ${merge.map}`,
  );
  return row?.count ?? 0;
}

function stepOf(
  merge: Merge,
  merges: Map<string, Merge>,
  links: Link[],
  facts: Facts,
): PlannedStep {
  const { table, words, map, held, columns, count } = merge;
  const short = table.table.replace(/^public\./, "");
  const step = emptyStep(short, words.title);
  const earlier = new Map([...merges].slice(0, [...merges.keys()].indexOf(table.table)));
  const place = (of: string, column: string) => `${of}${held.indexOf(column)}`;
  const keyOf = (of: string) =>
    table.key.length === 0
      ? "null::text"
      : table.key.map((one) => `m.${place(of, one)}::text`).join(" || ' ' || ");
  const shown = columns.map((column) => `o.${column}`).join(", ");
  step.asks.push({
    says: words.says,
    otherwise: words.otherwise,
    see: `${before(merge, earlier)} select ${keyOf("o")} as went, ${keyOf("n")} as stays, o::text as row, concat_ws(' ', ${literal(`${short}`)}, ${keyOf("o")}, '→', ${keyOf("n")}, '(' || concat_ws(', ', ${shown}) || ')') as example from ${map} m join ${table.table} o on o.ctid = m.old_ctid and o.tableoid = m.tab`,
  });
  step.touches.push(table.table);
  step.merged[table.table] = count;
  step.maps.push(
    `create temporary table ${map} on commit drop as ${merge.body};`,
    `create index on ${map} (old_ctid); create index on ${map} (first_ctid, place); analyze ${map};`,
  );
  if (words.fill.length > 0) step.rows.push(...fillRows(merge, step.name));
  const back: string[] = [];
  for (const link of links.filter(({ target }) => target === table.table)) {
    const { rows, undo } = moveLink(step, merge, link, facts);
    step.rows.push(...rows);
    back.push(undo);
    step.touches.push(link.table);
  }
  const all = table.columns.filter(({ generated }) => !generated).map(({ column }) => column);
  step.rows.push(
    keep({
      step: step.name,
      table: table.table,
      kind: "merged",
      key: keyText(table, "t"),
      became: keyOf("n"),
      was: rowText(all, "t"),
      from: `${table.table} t join ${map} m on m.old_ctid = t.ctid and m.tab = t.tableoid`,
    }),
    `delete from ${table.table} t using ${map} m where m.old_ctid = t.ctid and m.tab = t.tableoid;`,
  );
  step.backRows.push(restoreRows(step.name, table), ...back);
  const filled = table.columns.filter(({ column }) => words.fill.includes(column));
  if (filled.length > 0) {
    step.backRows.push(...filled.map((column) => restoreColumns(step.name, table, [column])));
  }
  return step;
}
