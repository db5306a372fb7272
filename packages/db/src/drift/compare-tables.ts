import type { Catalogue, ColumnRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { aRow, quoted, tableKey, tableName } from "./naming.ts";
import { type ColumnPart, compareDefault, compareGenerated } from "./compare-default.ts";
import { normalise } from "./normalise.ts";
import {
  conversion,
  conversionToId,
  correctFirst,
  nullRows,
  rowsToFill,
  tiedColumns,
  unfitFor,
  unfitValues,
} from "./obstacles.ts";
import {
  addConstraint,
  alterColumn,
  columnDefinition,
  createTable,
  dropConstraint,
} from "./statements.ts";
import { judgeType } from "./type-difference.ts";

/** Tables that are missing, and the columns of those that both sides have. */
export function compareTables(declared: Catalogue, live: Catalogue): Finding[] {
  const liveTables = new Map(live.tables.map((row) => [tableKey(row), row]));
  const findings: Finding[] = [];
  for (const table of declared.tables) {
    const name = tableName(table);
    const found = liveTables.get(tableKey(table));
    if (found?.kind === "table") {
      findings.push(...compareColumns(tableKey(table), declared, live));
      continue;
    }
    const create = createTable(table, declared);
    findings.push({
      severity: "breaking",
      what: `table ${name}`,
      sentence: found
        ? `${name} is a ${found.kind} in the database, where the schema has a table: creating ${aRow(table.table)} will fail`
        : `table ${name} does not exist in the database: everything that reads or writes it will fail`,
      mend: found ? `drop ${found.kind} ${name}; ${create}` : create,
      expected: "table",
      found: found?.kind,
    });
  }
  return findings;
}

function compareColumns(key: string, declared: Catalogue, live: Catalogue): Finding[] {
  const ours = (rows: ColumnRow[]) => rows.filter((row) => tableKey(row) === key);
  const enums = new Map(
    declared.enums.map((row) => [tableName({ schema: row.schema, table: row.enum }), row.labels]),
  );
  const found = new Map(ours(live.columns).map((row) => [row.column, row]));
  const expected = ours(declared.columns);
  const known = new Set(expected.map((row) => row.column));
  return [
    ...expected.flatMap((row) => {
      const actual = found.get(row.column);
      return actual ? compareColumn(row, actual, { enums, declared, live }) : [missingColumn(row)];
    }),
    ...[...found.values()].filter((row) => !known.has(row.column)).map(unknownColumn),
  ];
}

const nameOf = (row: ColumnRow) => `${tableName(row)}.${quoted(row.column)}`;
const describe = (row: ColumnRow) => {
  const nullable = row.nullable ? "" : " not null";
  const value = row.default === null ? "" : ` default ${normalise(row.default)}`;
  return `${row.type.replaceAll('"', "")}${nullable}${value}${row.generated ? " generated" : ""}`;
};

function missingColumn(row: ColumnRow): Finding {
  const add = (column: ColumnRow) =>
    `alter table ${tableName(row)} add column ${columnDefinition(column)};`;
  return {
    severity: "breaking",
    what: `column ${nameOf(row)}`,
    sentence: `${nameOf(row)} does not exist in the database: reading or creating ${aRow(row.table)} will fail`,
    mend: add(row),
    obstacle:
      row.nullable || row.default !== null
        ? undefined
        : rowsToFill(row, add({ ...row, nullable: true }), alterColumn(row, "set not null")),
    expected: describe(row),
    found: undefined,
  };
}

function unknownColumn(row: ColumnRow): Finding {
  const filled = row.nullable || row.default !== null || row.generated;
  const state = row.generated
    ? "computed by the database"
    : row.nullable
      ? "may be NULL"
      : row.default === null
        ? `NOT NULL${row.domain === null ? "" : ` by its type ${row.type}`} without default`
        : "filled by its default";
  return {
    severity: filled ? "harmless" : "breaking",
    what: `column ${nameOf(row)}`,
    sentence: `${nameOf(row)} exists in the database, is ${state}, and is unknown to the schema: ${
      filled ? "nothing of ours reads or writes it" : `creating ${aRow(row.table)} will fail`
    }`.replace("is may", "may"),
    mend: filled
      ? `-- nothing to do; to remove it: alter table ${tableName(row)} drop column ${quoted(row.column)};`
      : alterColumn(row, ...(row.domain === null ? [] : [`type ${row.domain}`]), "drop not null"),
    expected: undefined,
    found: describe(row),
  };
}

/** What a column's type may have to do with. */
interface Surroundings {
  /** Labels of each enum of the schema. */
  enums: Map<string, string[]>;
  declared: Catalogue;
  live: Catalogue;
}

function compareColumn(expected: ColumnRow, found: ColumnRow, around: Surroundings): Finding[] {
  const both = {
    what: `column ${nameOf(expected)}`,
    expected: describe(expected),
    found: describe(found),
  };
  const differences = [
    // First: no other statement fits a column that is computed.
    compareGenerated(expected, found),
    compareType(expected, found, around),
    compareNullability(expected, found),
    compareDefault(expected, found),
  ];
  return differences.flatMap((difference) => (difference ? [{ ...both, ...difference }] : []));
}

function compareType(expected: ColumnRow, found: ColumnRow, around: Surroundings): ColumnPart {
  const name = nameOf(expected);
  const change = judgeType(expected.type, found.type, name);
  if (!change) return undefined;
  const { type } = expected;
  const labels = around.enums.get(type);
  const unfit = unfitFor(type, found, labels);
  const mend = retype(expected, found, around, false);
  return {
    severity: change.severity,
    sentence: `${name} is ${found.type} in the database and ${type} in the schema: ${change.effect}`,
    mend,
    obstacle:
      unfit === undefined
        ? undefined
        : unfitValues(
            found,
            unfit,
            `hold what is no ${type} in ${name}`,
            type === "uuid" ? retype(expected, found, around, true) : correctFirst(found, mend),
          ),
  };
}

/**
 * Gives a column another type, and with it the columns that foreign keys tie to it: a key cannot be
 * while its two ends differ.
 */
function retype(
  expected: ColumnRow,
  found: ColumnRow,
  { enums, declared, live }: Surroundings,
  anyText: boolean,
): string {
  const { columns, keys } = tiedColumns(found, live);
  // Rows of a tied column are not counted here: what fits all of them is offered.
  const fitAll = anyText || keys.length > 0;
  const changes = columns.flatMap((column) => {
    const wanted =
      column === found
        ? expected
        : declared.columns.find(
            (one) => tableKey(one) === tableKey(column) && one.column === column.column,
          );
    if (wanted === undefined || judgeType(wanted.type, column.type, "") === undefined) return [];
    return [alterType(wanted, column, enums.has(wanted.type), fitAll)];
  });
  // A key that ties it to a column which stays as it is can stand again only when that is changed too.
  return [...keys.map(dropConstraint), ...changes, ...keys.map(addConstraint)].join(" ");
}

function alterType(expected: ColumnRow, found: ColumnRow, isEnum: boolean, anyText: boolean) {
  // An old default has no place in another type: it goes first, and the schema's follows.
  const plain = (row: ColumnRow) =>
    row.default !== null && !/^(generated|nextval)/.test(row.default) && row.generated === null;
  const { type } = expected;
  // Without "using" a text that is too long is refused; a cast would cut it.
  const isLength = /^(text|character varying)/.test(type) && /^(text|char)/.test(found.type);
  const using =
    anyText && type === "uuid" ? conversionToId(found) : conversion(type, found, isEnum);
  return alterColumn(
    expected,
    ...(plain(found) ? ["drop default"] : []),
    `type ${type}${isLength ? "" : ` using ${using}`}`,
    ...(plain(found) && plain(expected) ? [`set default ${expected.default}`] : []),
  );
}

function compareNullability(expected: ColumnRow, found: ColumnRow): ColumnPart {
  if (expected.nullable === found.nullable) return undefined;
  const name = nameOf(expected);
  if (found.nullable) {
    return {
      severity: "harmful",
      sentence: `${name} may be NULL in the database and never in the schema: code that reads ${aRow(expected.table)} can meet a value it does not expect`,
      mend: alterColumn(expected, "set not null"),
      obstacle: nullRows(expected, alterColumn(expected, "set not null")),
    };
  }
  const filled = found.default !== null;
  return {
    severity: filled ? "harmful" : "breaking",
    sentence: `${name} is NOT NULL ${filled ? "" : "without default "}in the database and may be null in the schema: ${
      filled ? "writing null to it" : `creating ${aRow(expected.table)} without it`
    } will fail`,
    mend: alterColumn(expected, "drop not null"),
  };
}
