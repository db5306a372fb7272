// Rows that a mending statement would fail on, as SQL that finds them, and what is offered instead where
// there are some. A statement that would cut or round what a row holds counts as one that fails.
import type { Catalogue, ColumnRow, ConstraintRow, IndexRow } from "./catalogue.ts";
import { quoted, tableKey, tableName } from "./naming.ts";

/** What can stand in a mending statement's way. */
export interface Obstacle {
  /** What follows `from` for every row that could be one: where there is none, none is in the way. */
  candidates: string;
  /** A query of one column of text: something to know each such row by. */
  rows: string;
  /** What is with them, behind "3 rows": `hold no uuid in jobs.batch_id`. */
  why: string;
  /** The statements that fit where there are such rows. */
  mend: string;
}

/** What a row is called in an example: its id where it has one. */
const rowLabel = "coalesce(to_jsonb(r) ->> 'id', left(r::text, 80))";

const literal = (text: string) => `'${text.replaceAll("'", "''")}'`;
const listed = (columns: string) => columns.split(" ").map(quoted);
const first = (what: string, then: string) => `-- ${what} first; then: ${then}`;

const INTEGERS: Record<string, [lowest: string, highest: string]> = {
  smallint: ["-32768", "32767"],
  integer: ["-2147483648", "2147483647"],
  bigint: ["-9223372036854775808", "9223372036854775807"],
};
const WORDS_OF_BOOLEAN = "t f true false y n yes no on off 1 0 tr tru fa fal fals ye of".split(" ");
const UUID = "'^\\s*\\{?[0-9a-f]{4}(-?[0-9a-f]{4}){7}\\}?\\s*$'";
const NUMBER = "'^\\s*[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?\\s*$'";

const isText = (type: string) => /^(text|character varying|character|citext)\b/.test(type);
const isNumber = (type: string) =>
  /^(smallint|integer|bigint|numeric|real|double precision)/.test(type);

/**
 * Values of a column that another type does not take as they are, as a condition on the row `r`; undefined
 * where it takes them all. For types not known here the server is asked, which those before 16 cannot answer.
 */
export function unfitFor(
  type: string,
  found: ColumnRow,
  labels: readonly string[] | undefined,
): string | undefined {
  const value = `r.${quoted(found.column)}`;
  const text = `${value}::text`;
  if (labels !== undefined) return `${text} not in (${labels.map(literal).join(", ")})`;
  const [, base = type, sizes = ""] = /^([^(]*)(?:\(([\d,]+)\))?$/.exec(type) ?? [];
  if (isText(base)) {
    const held = Number(/^character[^(]*\((\d+)\)/.exec(found.type)?.[1] ?? Infinity);
    return held > Number(sizes || Infinity) ? `char_length(${text}) > ${sizes}` : undefined;
  }
  if (base === "uuid") return `${text} !~* ${UUID}`;
  const range = INTEGERS[base];
  if (range !== undefined || base === "numeric") {
    const number = isNumber(found.type) ? `${value}::numeric` : `${text}::numeric`;
    const [digits = "", scale = "0"] = sizes.split(",");
    const outside =
      range === undefined
        ? sizes === ""
          ? "false"
          : `(abs(${number}) >= 1e${Number(digits) - Number(scale)} or ${number} <> round(${number}, ${scale}))`
        : `(${number} not between ${range[0]} and ${range[1]} or ${number} <> trunc(${number}))`;
    return isNumber(found.type)
      ? outside
      : `case when ${text} ~* ${NUMBER} then ${outside} else true end`;
  }
  if (base === "boolean" && isText(found.type)) {
    return `lower(trim(${text})) not in (${WORDS_OF_BOOLEAN.map(literal).join(", ")})`;
  }
  return isText(found.type) ? `not pg_input_is_valid(${text}, ${literal(type)})` : undefined;
}

/** What `using` says: how a value becomes one of another type. */
export function conversion(type: string, found: ColumnRow, isEnum: boolean): string {
  const value = quoted(found.column);
  const times = /^timestamp with(out)? time zone/;
  if (times.test(type) && times.test(found.type)) return `${value} at time zone 'UTC'`;
  return `${value}::${isEnum ? "text::" : ""}${type}`;
}

/** The same for a text that need be no uuid: equal texts become equal ids, in every table. */
export function conversionToId(found: ColumnRow): string {
  const text = `${quoted(found.column)}::text`;
  return `case when ${text} ~* ${UUID} then ${text}::uuid else md5(${text})::uuid end`;
}

export function unfitValues(found: ColumnRow, unfit: string, why: string, mend: string): Obstacle {
  const column = `r.${quoted(found.column)}`;
  const rows = `select ${column}::text from ${tableName(found)} r where ${column} is not null and ${unfit}`;
  return { candidates: tableName(found), rows, why, mend };
}

export const correctFirst = (found: ColumnRow, mend: string): string =>
  first(`correct what ${tableName(found)}.${quoted(found.column)} holds there`, mend);

/** Rows beyond the first of each key, and, for a primary key, those without one. */
export function repeatedKeys(row: ConstraintRow, mend: string): Obstacle {
  const columns = listed(row.columns);
  const isPrimary = row.kind === "primary key";
  const nulls = columns.map((column) => `${column} is null`).join(" or ");
  return {
    candidates: tableName(row),
    rows: repeated(
      row,
      columns,
      isPrimary ? `place > 1 or ${nulls}` : `place > 1 and not (${nulls})`,
    ),
    why: `repeat ${columns.join(", ")} of another${isPrimary ? ", or hold none" : ""}`,
    mend: mergeFirst(row, columns, "", mend),
  };
}

/** The same for a unique index, with what it indexes and where. */
export function repeatedIndexed(row: IndexRow, mend: string): Obstacle | undefined {
  const [, list, predicate] = /^btree \((.*?)\)(?: WHERE (.*))?$/.exec(row.definition) ?? [];
  // Expressions are left to the server, which says at the build which values repeat.
  if (list === undefined || !/^[\w", ]+$/.test(list)) return undefined;
  const columns = list.split(", ").map((column) => /^(?:"[^"]+"|\w+)/.exec(column)?.[0] ?? column);
  const where = predicate === undefined ? "" : ` where ${predicate}`;
  const nulls = columns.map((column) => `${column} is null`).join(" or ");
  return {
    candidates: tableName(row),
    rows: repeated(row, columns, `place > 1 and not (${nulls})`, where),
    why: `repeat ${columns.join(", ")} of another`,
    mend: mergeFirst(row, columns, where, mend),
  };
}

const repeated = (
  row: { schema: string; table: string },
  columns: string[],
  condition: string,
  where = "",
): string => `
  select concat_ws(', ', ${columns.map((column) => `${column}::text`).join(", ")})
  from (select *, row_number() over (partition by ${columns.join(", ")}) as place
        from ${tableName(row)}${where}) r
  where ${condition}`;

const mergeFirst = (
  row: { schema: string; table: string },
  columns: string[],
  where: string,
  mend: string,
): string => {
  const names = columns.join(", ");
  const find = `select ${names}, count(*) from ${tableName(row)}${where} group by ${names} having count(*) > 1`;
  return first(`merge what this finds: ${find};`, mend);
};

/** Rows that hold null where none may stand; the schema's default, where it has one, is put there. */
export function nullRows(expected: ColumnRow, mend: string): Obstacle {
  const column = quoted(expected.column);
  const fill = expected.default;
  const isValue = fill !== null && !fill.startsWith("generated ");
  return {
    candidates: tableName(expected),
    rows: `select ${rowLabel} from ${tableName(expected)} r where r.${column} is null`,
    why: `hold null in ${tableName(expected)}.${column}`,
    mend: isValue
      ? `update ${tableName(expected)} set ${column} = ${fill} where ${column} is null; ${mend}`
      : first(`give ${tableName(expected)}.${column} a value where it is null`, mend),
  };
}

/** Any row at all, for a new column that may not be null and that nothing fills. */
export function rowsToFill(expected: ColumnRow, add: string, mend: string): Obstacle {
  return {
    candidates: tableName(expected),
    rows: `select ${rowLabel} from ${tableName(expected)} r`,
    why: `would have nothing in ${tableName(expected)}.${quoted(expected.column)}`,
    mend: `${add} ${first("fill it", mend)}`,
  };
}

/** Rows that break a check, or point at nothing. `mend` is for where such rows are. */
export function brokenRule(row: ConstraintRow, mend: string): Obstacle | undefined {
  if (row.kind === "check") {
    const rule = (row.rule ?? "").replace(/^check/i, "").replaceAll(`"${row.table}".`, "r.");
    return {
      candidates: tableName(row),
      rows: `select ${rowLabel} from ${tableName(row)} r where not ${rule}`,
      why: "break it",
      mend,
    };
  }
  if (row.kind !== "foreign key") return undefined;
  const [, target = "", keys = ""] = /^(.*)\((.*)\)$/.exec(row.refersTo ?? "") ?? [];
  const columns = listed(row.columns);
  const pairs = listed(keys).map((key, index) => `t.${key} = r.${columns[index]}`);
  const filled = columns.map((column) => `r.${column} is not null`).join(" and ");
  return {
    candidates: `${tableName(row)} r where ${filled}`,
    rows: `
      select concat_ws(', ', ${columns.map((column) => `r.${column}::text`).join(", ")})
      from ${tableName(row)} r
      where ${filled}
        and not exists (select from ${target.split(".").map(quoted).join(".")} t where ${pairs.join(" and ")})`,
    why: `point at nothing in ${target}`,
    mend,
  };
}

/** A rule that holds from now on; rows from before are looked at later. */
export const ruleForNewRows = (row: ConstraintRow, add: string): string =>
  `${add.replace(/;$/, "")} not valid; -- mend those rows; then: alter table ${tableName(row)} validate constraint ${quoted(row.name)};`;

/**
 * The foreign keys of one column that tie a column, at either end, directly or by others, and the columns
 * they tie, itself among them. In the same order, whichever of them is asked for.
 */
export function tiedColumns(row: ColumnRow, live: Catalogue) {
  const columns = [row];
  const keys = new Set<ConstraintRow>();
  const at = (schema: string, table: string, column: string) =>
    live.columns.find(
      (one) => one.schema === schema && one.table === table && one.column === column,
    );
  // The list grows while it is gone through.
  for (const one of columns) {
    for (const key of live.constraints) {
      if (key.kind !== "foreign key" || key.columns.includes(" ")) continue;
      const [, place = "", target = ""] = /^(.*)\((.*)\)$/.exec(key.refersTo ?? "") ?? [];
      const [table = "", schema = "public"] = place.split(".").toReversed();
      const ends = [at(key.schema, key.table, key.columns), at(schema, table, target)];
      const isTied = ends.some(
        (end) => end?.schema === one.schema && end.table === one.table && end.column === one.column,
      );
      if (!isTied) continue;
      keys.add(key);
      for (const end of ends) if (end !== undefined && !columns.includes(end)) columns.push(end);
    }
  }
  const inOrder = <T extends { schema: string; table: string }>(
    rows: T[],
    nameOf: (one: T) => string,
  ) =>
    rows.toSorted((one, two) =>
      `${tableKey(one)}.${nameOf(one)}`.localeCompare(`${tableKey(two)}.${nameOf(two)}`),
    );
  return {
    columns: inOrder(columns, ({ column }) => column),
    keys: inOrder([...keys], ({ name }) => name),
  };
}
