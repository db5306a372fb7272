import type { ColumnRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { aRow, quoted, rowName, tableName } from "./naming.ts";
import { normalise } from "./normalise.ts";
import { alterColumn, columnDefinition, moveSequence, sequenceOf } from "./statements.ts";

// How a column gets its value when nobody names one: a default, a sequence, an identity, an expression.

/** What is said of one trait of a column; undefined when both sides agree. */
export type ColumnPart = Pick<Finding, "severity" | "sentence" | "mend" | "obstacle"> | undefined;

const nameOf = (row: ColumnRow) => `${tableName(row)}.${quoted(row.column)}`;
const isIdentity = (row: ColumnRow) => row.default?.startsWith("generated ") ?? false;

export function compareGenerated(expected: ColumnRow, found: ColumnRow): ColumnPart {
  if (found.generated === expected.generated) return undefined;
  return {
    severity: "breaking",
    sentence: `${nameOf(expected)} is ${found.generated ? "" : "not "}computed by the database, other than in the schema: writing ${aRow(expected.table)} will fail or leave it empty`,
    mend:
      expected.generated === null
        ? makePlain(expected, found)
        : `-- add the expression again by hand: a computed column cannot be made of a plain one`,
  };
}

function makePlain(expected: ColumnRow, found: ColumnRow): string {
  const column = quoted(expected.column);
  const value =
    expected.default === null ? [] : [alterColumn(expected, `set default ${expected.default}`)];
  if (found.generated === "stored") {
    return [alterColumn(expected, "drop expression"), ...value].join(" ");
  }
  // What is computed when it is read was never stored: the column is made anew, and filled once.
  const bare = columnDefinition({ ...expected, nullable: true, default: null });
  return [
    `alter table ${tableName(expected)} drop column ${column}, add column ${bare};`,
    `update ${tableName(expected)} set ${column} = ${found.default};`,
    ...(expected.nullable ? [] : [alterColumn(expected, "set not null")]),
    ...value,
  ].join(" ");
}

export function compareDefault(expected: ColumnRow, found: ColumnRow): ColumnPart {
  if (found.generated !== expected.generated) return undefined;
  const wanted = expected.default === null ? null : normalise(expected.default);
  const actual = found.default === null ? null : normalise(found.default);
  if (wanted === actual) return undefined;
  if (isIdentity(expected) && isIdentity(found)) return otherIdentity(expected);
  const name = nameOf(expected);
  const row = rowName(expected.table);
  if (wanted === null) {
    return {
      // A column the schema gives no default is named in every insert when it may not be null.
      severity: expected.nullable ? "harmful" : "harmless",
      sentence: `${name} has the default ${found.default} in the database and none in the schema: ${
        expected.nullable
          ? `${aRow(expected.table)} created without it holds that instead of null`
          : "every row names its value anyway"
      }`,
      mend: alterColumn(expected, isIdentity(found) ? "drop identity" : "drop default"),
    };
  }
  const mend = setValue(expected, found);
  if (actual === null) {
    return {
      severity: found.nullable ? "harmful" : "breaking",
      sentence: `${name} has no default in the database and ${expected.default} in the schema: ${
        found.nullable
          ? `${aRow(expected.table)} created without it holds null`
          : `creating ${aRow(expected.table)} will fail`
      }`,
      mend,
    };
  }
  const numbers = [expected, found].every((one) => isIdentity(one) || sequenceOf(one));
  const strict = found.default === "generated always as identity";
  return {
    severity: numbers && !strict ? "harmless" : "harmful",
    sentence: `${name} has the default ${found.default} in the database and ${expected.default} in the schema: ${
      !numbers
        ? `a ${row} created without it holds another value`
        : strict
          ? `${aRow(expected.table)} that brings its own number will be refused`
          : "its numbers come from another sequence"
    }`,
    mend,
  };
}

/** Both number their rows; who may bring a number differs. Ours never do where the schema says always. */
function otherIdentity(expected: ColumnRow): ColumnPart {
  const always = expected.default === "generated always as identity";
  const [wanted, actual] = always ? ["always", "by default"] : ["by default", "always"];
  return {
    severity: always ? "harmless" : "harmful",
    sentence: `${nameOf(expected)} is generated ${actual} as identity in the database and ${wanted} in the schema: ${aRow(expected.table)} that brings its own number will be ${always ? "stored" : "refused"}`,
    mend: alterColumn(expected, `set generated ${wanted}`),
  };
}

/** The statements after which a column has the schema's default, sequence or identity. */
function setValue(expected: ColumnRow, found: ColumnRow): string {
  const clear = isIdentity(found) ? [alterColumn(expected, "drop identity")] : [];
  if (isIdentity(expected)) {
    const sequence = sequenceOf(found);
    const table = tableName(expected).replaceAll("'", "''");
    return [
      ...(found.default === null ? [] : [alterColumn(expected, "drop default")]),
      // Else it would pass for the identity's own.
      ...(sequence === undefined ? [] : [`alter sequence ${sequence} owned by none;`]),
      alterColumn(expected, `add ${expected.default}`),
      moveSequence(`pg_get_serial_sequence('${table}', '${expected.column}')`, expected),
    ].join(" ");
  }
  const set = alterColumn(expected, `set default ${expected.default}`);
  const sequence = sequenceOf(expected);
  if (sequence === undefined) return [...clear, set].join(" ");
  return [
    ...clear,
    `create sequence if not exists ${sequence} as ${expected.type} owned by ${nameOf(expected)};`,
    set,
    moveSequence(`'${sequence}'`, expected),
  ].join(" ");
}
