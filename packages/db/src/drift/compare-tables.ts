import type { Catalogue, ColumnRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { aRow, quoted, rowName, tableKey, tableName } from "./naming.ts";
import { normalise } from "./normalise.ts";
import { columnDefinition, createTable } from "./statements.ts";
import { judgeType } from "./type-difference.ts";

/** Tables that are missing, and the columns of those that both sides have. */
export function compareTables(declared: Catalogue, live: Catalogue): Finding[] {
  const liveTables = new Map(live.tables.map((row) => [tableKey(row), row]));
  const findings: Finding[] = [];
  for (const table of declared.tables) {
    const name = tableName(table);
    const found = liveTables.get(tableKey(table));
    if (found?.kind === "table") {
      findings.push(...compareColumns(tableKey(table), declared.columns, live.columns));
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

function compareColumns(key: string, declared: ColumnRow[], live: ColumnRow[]): Finding[] {
  const ours = (rows: ColumnRow[]) => rows.filter((row) => tableKey(row) === key);
  const found = new Map(ours(live).map((row) => [row.column, row]));
  const expected = ours(declared);
  const known = new Set(expected.map((row) => row.column));
  return [
    ...expected.flatMap((row) => {
      const actual = found.get(row.column);
      return actual ? compareColumn(row, actual) : [missingColumn(row)];
    }),
    ...[...found.values()].filter((row) => !known.has(row.column)).map(unknownColumn),
  ];
}

const nameOf = (row: ColumnRow) => `${tableName(row)}.${quoted(row.column)}`;
const alter = (row: ColumnRow, change: string) => `alter table ${tableName(row)} ${change};`;
const describe = (row: ColumnRow) => {
  const nullable = row.nullable ? "" : " not null";
  const value = row.default === null ? "" : ` default ${normalise(row.default)}`;
  return `${row.type.replaceAll('"', "")}${nullable}${value}${row.generated ? " generated" : ""}`;
};

const missingColumn = (row: ColumnRow): Finding => ({
  severity: "breaking",
  what: `column ${nameOf(row)}`,
  sentence: `${nameOf(row)} does not exist in the database: reading or creating ${aRow(row.table)} will fail`,
  mend: alter(row, `add column ${columnDefinition(row)}`),
  expected: describe(row),
  found: undefined,
});

function unknownColumn(row: ColumnRow): Finding {
  const filled = row.nullable || row.default !== null || row.generated;
  const state = row.generated
    ? "computed by the database"
    : row.nullable
      ? "may be NULL"
      : row.default === null
        ? "NOT NULL without default"
        : "filled by its default";
  return {
    severity: filled ? "harmless" : "breaking",
    what: `column ${nameOf(row)}`,
    sentence: `${nameOf(row)} exists in the database, is ${state}, and is unknown to the schema: ${
      filled ? "nothing of ours reads or writes it" : `creating ${aRow(row.table)} will fail`
    }`.replace("is may", "may"),
    mend: filled
      ? `-- nothing to do; to remove it: alter table ${tableName(row)} drop column ${quoted(row.column)};`
      : alter(row, `alter column ${quoted(row.column)} drop not null`),
    expected: undefined,
    found: describe(row),
  };
}

function compareColumn(expected: ColumnRow, found: ColumnRow): Finding[] {
  const both = {
    what: `column ${nameOf(expected)}`,
    expected: describe(expected),
    found: describe(found),
  };
  const differences = [
    compareType(expected, found),
    compareNullability(expected, found),
    compareDefault(expected, found),
  ];
  return differences.flatMap((difference) => (difference ? [{ ...both, ...difference }] : []));
}

type Part = Pick<Finding, "severity" | "sentence" | "mend"> | undefined;

function compareType(expected: ColumnRow, found: ColumnRow): Part {
  const name = nameOf(expected);
  const change = judgeType(expected.type, found.type, name);
  if (!change) return undefined;
  const column = quoted(expected.column);
  return {
    severity: change.severity,
    sentence: `${name} is ${found.type} in the database and ${expected.type} in the schema: ${change.effect}`,
    mend: alter(
      expected,
      `alter column ${column} type ${expected.type} using ${column}::${expected.type}`,
    ),
  };
}

function compareNullability(expected: ColumnRow, found: ColumnRow): Part {
  if (expected.nullable === found.nullable) return undefined;
  const name = nameOf(expected);
  const column = quoted(expected.column);
  if (found.nullable) {
    return {
      severity: "harmful",
      sentence: `${name} may be NULL in the database and never in the schema: code that reads ${aRow(expected.table)} can meet a value it does not expect`,
      mend: alter(expected, `alter column ${column} set not null`),
    };
  }
  const filled = found.default !== null;
  return {
    severity: filled ? "harmful" : "breaking",
    sentence: `${name} is NOT NULL ${filled ? "" : "without default "}in the database and may be null in the schema: ${
      filled ? "writing null to it" : `creating ${aRow(expected.table)} without it`
    } will fail`,
    mend: alter(expected, `alter column ${column} drop not null`),
  };
}

function compareDefault(expected: ColumnRow, found: ColumnRow): Part {
  const wanted = expected.default === null ? null : normalise(expected.default);
  const actual = found.default === null ? null : normalise(found.default);
  const name = nameOf(expected);
  const column = quoted(expected.column);
  const row = rowName(expected.table);
  if (found.generated !== expected.generated) {
    return {
      severity: "breaking",
      sentence: `${name} is ${found.generated ? "" : "not "}computed by the database, other than in the schema: writing ${aRow(expected.table)} will fail or leave it empty`,
      mend: found.generated
        ? alter(expected, `alter column ${column} drop expression`)
        : `-- add the expression again by hand: a computed column cannot be made of a plain one`,
    };
  }
  if (wanted === actual) return undefined;
  if (wanted === null) {
    return {
      // A column the schema gives no default is named in every insert when it may not be null.
      severity: expected.nullable ? "harmful" : "harmless",
      sentence: `${name} has the default ${found.default} in the database and none in the schema: ${
        expected.nullable
          ? `a ${row} created without it holds that instead of null`
          : "every row names its value anyway"
      }`,
      mend: found.default?.startsWith("generated ")
        ? alter(expected, `alter column ${column} drop identity`)
        : alter(expected, `alter column ${column} drop default`),
    };
  }
  const identity = wanted.startsWith("generated ");
  const set = identity
    ? `alter column ${column} add ${wanted}`
    : `alter column ${column} set default ${expected.default}`;
  if (actual === null) {
    return {
      severity: found.nullable ? "harmful" : "breaking",
      sentence: `${name} has no default in the database and ${expected.default} in the schema: ${
        found.nullable
          ? `a ${row} created without it holds null`
          : `creating ${aRow(expected.table)} will fail`
      }`,
      mend: alter(expected, set),
    };
  }
  const sequences = [wanted, actual].every((value) => value.startsWith("nextval"));
  return {
    severity: sequences ? "harmless" : "harmful",
    sentence: `${name} has the default ${found.default} in the database and ${expected.default} in the schema: ${
      sequences
        ? "its numbers come from another sequence"
        : `a ${row} created without it holds another value`
    }`,
    mend: alter(expected, set),
  };
}
