import type { Catalogue, ConstraintRow, IndexRow } from "./catalogue.ts";
import { isSameAsUnique } from "./compare-constraints.ts";
import type { Finding } from "./difference.ts";
import { quoted, rowName, tableKey, tableName } from "./naming.ts";
import { normalise } from "./normalise.ts";
import { repeatedIndexed } from "./obstacles.ts";
import { createIndex, dropIndex } from "./statements.ts";
import { judgeUnknownKey } from "./stricter-keys.ts";

const meaningOf = (row: IndexRow): string =>
  `${tableKey(row)}|${row.unique ? "unique " : ""}${normalise(row.definition)}`;
const describe = (row: IndexRow): string =>
  `${row.unique ? "unique " : ""}${normalise(row.definition)}${row.valid ? "" : " invalid"}`;
const whatOf = (row: IndexRow) => `index ${tableName(row)}.${quoted(row.name)}`;
const columnsOf = (row: IndexRow): string => /\((.*?)\)/.exec(row.definition)?.[1] ?? "";

/** Indexes that no constraint brought, of the tables that both sides have: by name, then by meaning. */
export function compareIndexes(declared: Catalogue, live: Catalogue): Finding[] {
  const found = new Map(live.indexes.map((row) => [`${tableKey(row)}|${row.name}`, row]));
  const unmatched = new Set(live.indexes);
  const findings: Finding[] = [];
  const unnamed: IndexRow[] = [];
  for (const row of declared.indexes) {
    const same = found.get(`${tableKey(row)}|${row.name}`);
    if (!same) {
      unnamed.push(row);
      continue;
    }
    unmatched.delete(same);
    if (!same.valid) findings.push(invalid(row, same));
    else if (meaningOf(same) !== meaningOf(row)) findings.push(different(row, same));
  }
  for (const row of unnamed) {
    const same = [...unmatched].find((one) => one.valid && meaningOf(one) === meaningOf(row));
    if (same) {
      unmatched.delete(same);
      findings.push(renamed(row, same));
    } else findings.push(missing(row, live));
  }
  const known = new Set(declared.indexes.map(meaningOf));
  const names = new Set(live.constraints.map((row) => `${tableKey(row)}|${row.name}`));
  // Such an index stands in for the constraint.
  const standsIn = (index: IndexRow) => (row: ConstraintRow) =>
    isSameAsUnique(index, row) && !names.has(`${tableKey(row)}|${row.name}`);
  return [
    ...findings,
    ...[...unmatched].map((row) => {
      const constraint = declared.constraints.find(standsIn(row));
      return constraint ? uniqueByIndex(row, constraint) : unexpected(row, known, declared);
    }),
  ];
}

const invalid = (expected: IndexRow, found: IndexRow): Finding => ({
  severity: "harmful",
  obstacle: expected.unique
    ? repeatedIndexed(expected, `${dropIndex(found)} ${createIndex(expected)}`)
    : undefined,
  what: whatOf(expected),
  sentence: `index ${quoted(expected.name)} on ${tableName(expected)} is INVALID in the database, left by a build that did not end: it costs writes and no read uses it`,
  mend: `${dropIndex(found)} ${createIndex(expected)}`,
  expected: describe(expected),
  found: describe(found),
});

function different(expected: IndexRow, found: IndexRow): Finding {
  const uniqueness = expected.unique !== found.unique;
  const mend = `${dropIndex(found)} ${createIndex(expected)}`;
  return {
    severity: "harmful",
    what: whatOf(expected),
    sentence: `index ${quoted(expected.name)} on ${tableName(expected)} is ${uniqueWord(found)}${found.definition} in the database and ${uniqueWord(expected)}${expected.definition} in the schema: ${
      uniqueness
        ? found.unique
          ? `a second ${rowName(found.table)} with the same values will be refused`
          : `${rowName(found.table)} values can repeat`
        : "reads that count on it become slow"
    }`,
    mend,
    obstacle: expected.unique ? repeatedIndexed(expected, mend) : undefined,
    expected: describe(expected),
    found: describe(found),
  };
}

const uniqueWord = (row: IndexRow) => (row.unique ? "unique " : "");

const renamed = (expected: IndexRow, found: IndexRow): Finding => ({
  severity: "harmless",
  what: whatOf(expected),
  sentence: `index ${quoted(expected.name)} on ${tableName(expected)} is called ${quoted(found.name)} in the database: it does the same`,
  mend: `alter index ${quoted(found.schema)}.${quoted(found.name)} rename to ${quoted(expected.name)};`,
  expected: describe(expected),
  found: `${describe(found)} as ${found.name}`,
});

function missing(row: IndexRow, live: Catalogue): Finding {
  const cover = row.unique ? undefined : findCover(row, live);
  return {
    severity: cover === undefined ? "harmful" : "harmless",
    what: whatOf(row),
    sentence: `index ${quoted(row.name)} on ${tableName(row)} (${columnsOf(row)}) does not exist in the database: ${
      row.unique
        ? `${rowName(row.table)} values can repeat`
        : cover === undefined
          ? `finding rows of ${tableName(row)} by ${columnsOf(row)} becomes slow`
          : `${quoted(cover)} begins with the same columns and serves the same reads`
    }`,
    mend: createIndex(row),
    obstacle: row.unique ? repeatedIndexed(row, createIndex(row)) : undefined,
    expected: describe(row),
    found: undefined,
  };
}

/** Another whole index that begins with the same columns: a key or an index. */
function findCover(row: IndexRow, live: Catalogue): string | undefined {
  const wanted = /^btree \(([^()]*)\)$/.exec(row.definition)?.[1];
  if (wanted === undefined) return undefined;
  const covers = (columns: string) => columns === wanted || columns.startsWith(`${wanted}, `);
  const index = live.indexes.find(
    (one) =>
      tableKey(one) === tableKey(row) &&
      one.valid &&
      covers(/^btree \(([^()]*)\)$/.exec(one.definition)?.[1] ?? ""),
  );
  const key = live.constraints.find(
    (one) =>
      tableKey(one) === tableKey(row) &&
      (one.kind === "primary key" || one.kind === "unique") &&
      covers(one.columns.split(" ").join(", ")),
  );
  return index?.name ?? key?.name;
}

const uniqueByIndex = (index: IndexRow, constraint: ConstraintRow): Finding => ({
  severity: "harmless",
  what: `unique ${tableName(constraint)}.${quoted(constraint.name)}`,
  sentence: `${tableName(constraint)} (${columnsOf(index)}) is unique by the index ${quoted(index.name)} instead of the constraint ${quoted(constraint.name)}: it does the same`,
  mend: `alter table ${tableName(constraint)} add constraint ${quoted(constraint.name)} unique using index ${quoted(index.name)};`,
  expected: `(${constraint.columns})`,
  found: describe(index),
});

function unexpected(row: IndexRow, known: Set<string>, declared: Catalogue): Finding {
  const name = `index ${quoted(row.name)} on ${tableName(row)}`;
  const refuses = row.unique && row.valid && !known.has(meaningOf(row));
  const judged = refuses ? judgeUnique(row, declared) : undefined;
  return {
    severity: judged?.severity ?? "harmless",
    what: whatOf(row),
    sentence: `${refuses ? "unique " : ""}${name} (${columnsOf(row)}) exists in the database and is unknown to the schema: ${
      judged?.effect ?? "it only costs writes"
    }`,
    mend: dropIndex(row),
    expected: undefined,
    found: describe(row),
  };
}

/** One over expressions, or of a part of the table, refuses in some cases. */
function judgeUnique(row: IndexRow, declared: Catalogue): ReturnType<typeof judgeUnknownKey> {
  const plain = /^btree \(([\w", ]+)\)$/.exec(row.definition)?.[1];
  if (plain === undefined) {
    return {
      severity: "harmful",
      effect: `a second ${rowName(row.table)} with the same values will be refused`,
    };
  }
  const columns = plain.split(", ").map((column) => column.replaceAll('"', ""));
  return judgeUnknownKey(row, columns, declared);
}
