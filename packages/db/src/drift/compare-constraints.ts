import type { Catalogue, ConstraintRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { aRow, columnList, quoted, rowName, tableKey, tableName, targetOf } from "./naming.ts";
import { normalise } from "./normalise.ts";
import { brokenRule, repeatedKeys, ruleForNewRows } from "./obstacles.ts";
import { addConstraint, constraintDefinition, dropConstraint } from "./statements.ts";
import { judgeUnknownKey } from "./stricter-keys.ts";

/** What a constraint does, whatever its name. */
const meaningOf = (row: ConstraintRow): string =>
  [
    tableKey(row),
    row.kind,
    // A rule names its columns itself, and a table's own columns may be listed in any order.
    row.kind === "check" ? "" : row.columns,
    normalise(row.rule ?? ""),
    row.refersTo,
    row.onDelete,
    row.onUpdate,
  ].join("|");

const describe = (row: ConstraintRow): string => {
  const target =
    row.refersTo === null
      ? ""
      : ` to ${row.refersTo}, delete ${row.onDelete}, update ${row.onUpdate}`;
  const rule = row.rule === null ? "" : normalise(row.rule);
  return row.kind === "check" || row.kind === "exclusion"
    ? rule
    : `(${row.columns})${target}${rule && ` ${rule}`}`;
};

const whatOf = (row: ConstraintRow) => `${row.kind} ${tableName(row)}.${quoted(row.name)}`;

const validate = (row: ConstraintRow) =>
  `alter table ${tableName(row)} validate constraint ${quoted(row.name)};`;

/** The statement that adds a constraint, and what rows can be in its way. */
function adding(row: ConstraintRow): Pick<Finding, "mend" | "obstacle"> {
  const mend = addConstraint(row);
  return {
    mend,
    obstacle: isKey(row) ? repeatedKeys(row, mend) : brokenRule(row, ruleForNewRows(row, mend)),
  };
}

/** The same where another of its kind has to go. Nothing goes while what follows could fail. */
function replacing(found: ConstraintRow, row: ConstraintRow): Pick<Finding, "mend" | "obstacle"> {
  const drop = dropConstraint(found);
  const { mend, obstacle } = adding(row);
  const both = `${drop} ${mend}`;
  return {
    mend: both,
    obstacle: isKey(row)
      ? repeatedKeys(row, both)
      : obstacle && { ...obstacle, mend: `${drop} ${obstacle.mend}` },
  };
}

const isKey = ({ kind }: ConstraintRow) => kind === "primary key" || kind === "unique";

/** Keys, references and checks of the tables that both sides have: by name, then by meaning. */
export function compareConstraints(declared: Catalogue, live: Catalogue): Finding[] {
  const found = new Map(live.constraints.map((row) => [`${tableKey(row)}|${row.name}`, row]));
  const unmatched = new Set(live.constraints);
  const findings: Finding[] = [];
  const unnamed: ConstraintRow[] = [];
  for (const row of declared.constraints) {
    const same = found.get(`${tableKey(row)}|${row.name}`);
    if (same?.kind !== row.kind) {
      unnamed.push(row);
      continue;
    }
    unmatched.delete(same);
    findings.push(...compareConstraint(row, same, live));
  }
  for (const row of unnamed) {
    const same = [...unmatched].find((one) => meaningOf(one) === meaningOf(row));
    if (same) {
      unmatched.delete(same);
      findings.push(renamed(row, same));
    } else if (!isUniqueByIndex(row, live)) findings.push(missing(row));
  }
  const known = new Set(declared.constraints.map(meaningOf));
  return [...findings, ...[...unmatched].map((row) => unexpected(row, known, declared))];
}

/** ON CONFLICT and references take a plain unique index for a constraint. */
function isUniqueByIndex(row: ConstraintRow, live: Catalogue): boolean {
  return row.kind === "unique" && live.indexes.some((index) => isSameAsUnique(index, row));
}

/** Whether a unique index does what a unique constraint of the schema asks for. */
export const isSameAsUnique = (index: Catalogue["indexes"][number], row: ConstraintRow): boolean =>
  index.unique &&
  index.valid &&
  row.kind === "unique" &&
  row.rule === null &&
  tableKey(index) === tableKey(row) &&
  normalise(index.definition) === normalise(`btree (${columnList(row.columns)})`);

function compareConstraint(
  expected: ConstraintRow,
  found: ConstraintRow,
  live: Catalogue,
): Finding[] {
  if (meaningOf(expected) !== meaningOf(found)) {
    if (expected.kind === "unique" && isUniqueByIndex(expected, live)) return [];
    return [different(expected, found)];
  }
  const both = { what: whatOf(expected), expected: describe(expected), found: describe(found) };
  const name = `${tableName(found)}.${quoted(found.name)}`;
  const findings: Finding[] = [];
  if (!found.enforced) {
    // Nor was it ever validated; where it is not enforced, no statement validates it.
    findings.push({
      ...both,
      severity: "harmful",
      sentence: `${found.kind} ${name} is NOT ENFORCED in the database: ${lossOf(expected)}`,
      ...replacing(found, expected),
      found: `${both.found} not enforced`,
    });
  } else if (!found.validated) {
    findings.push({
      ...both,
      severity: "harmful",
      sentence: `${found.kind} ${name} is NOT VALID in the database: rows from before it may break it, and nobody looked`,
      mend: validate(found),
      obstacle: brokenRule(found, `-- mend those rows first; then: ${validate(found)}`),
      found: `${both.found} not valid`,
    });
  }
  if (found.disabledTriggers.length > 0) {
    const tables = [...new Set(found.disabledTriggers.map(tableName))].join(", ");
    findings.push({
      ...both,
      severity: "harmful",
      sentence: `${found.kind} ${name} is switched off in the database, its triggers on ${tables} being disabled: ${lossOf(expected)}`,
      mend: found.disabledTriggers
        .map((row) => `alter table ${tableName(row)} enable trigger ${quoted(row.name)};`)
        .join(" "),
      found: `${both.found} disabled`,
    });
  }
  if (found.deferrable !== expected.deferrable) {
    const key = isKey(found);
    findings.push({
      ...both,
      severity: key ? "breaking" : "harmful",
      sentence: key
        ? `${found.kind} ${name} is DEFERRABLE in the database: storing ${aRow(found.table)} that exists already will fail, because ON CONFLICT cannot use it`
        : `${found.kind} ${name} is DEFERRABLE in the database: a broken reference may show only when the transaction ends`,
      ...replacing(found, expected),
      found: `${both.found} deferrable`,
    });
  }
  return findings;
}

const renamed = (expected: ConstraintRow, found: ConstraintRow): Finding => ({
  severity: "harmless",
  what: whatOf(expected),
  sentence: `${expected.kind} ${quoted(expected.name)} of ${tableName(expected)} is called ${quoted(found.name)} in the database: it does the same`,
  mend: `alter table ${tableName(found)} rename constraint ${quoted(found.name)} to ${quoted(expected.name)};`,
  expected: describe(expected),
  found: `${describe(found)} as ${found.name}`,
});

/** What is lost without it. */
function lossOf(row: ConstraintRow): string {
  const rowWord = rowName(row.table);
  switch (row.kind) {
    case "primary key":
    case "unique":
      return `storing ${aRow(row.table)} that exists already will fail or make a second one`;
    case "foreign key": {
      const action = row.onDelete === "no action" ? "" : `, and ${deletionOf(row)} will not happen`;
      return `a ${rowWord} can point at nothing${action}`;
    }
    case "check":
    case "exclusion":
      return `${aRow(row.table)} can hold values that the code does not expect`;
  }
}

const deletionOf = (row: ConstraintRow) =>
  row.onDelete === "cascade"
    ? "deleting it together with what it belongs to"
    : `the "${row.onDelete}" on deletion`;

function missing(row: ConstraintRow): Finding {
  const what = row.kind === "foreign key" ? ` to ${targetOf(row.refersTo ?? "")}` : "";
  return {
    severity: isKey(row) ? "breaking" : "harmful",
    what: whatOf(row),
    sentence: `${row.kind} ${quoted(row.name)} on ${tableName(row)} (${columnList(row.columns)})${what} does not exist in the database: ${lossOf(row)}`,
    ...adding(row),
    expected: describe(row),
    found: undefined,
  };
}

function different(expected: ConstraintRow, found: ConstraintRow): Finding {
  const name = `${expected.kind} ${quoted(expected.name)} of ${tableName(expected)}`;
  const onlyDeletion =
    expected.kind === "foreign key" &&
    meaningOf({ ...found, onDelete: expected.onDelete }) === meaningOf(expected);
  // With the same columns ON CONFLICT still finds it.
  const key = isKey(expected) && expected.columns !== found.columns;
  return {
    severity: key ? "breaking" : "harmful",
    what: whatOf(expected),
    sentence: onlyDeletion
      ? `${name} says "on delete ${found.onDelete}" in the database and "on delete ${expected.onDelete}" in the schema: deleting from ${targetOf(expected.refersTo ?? "")} ${deletionEffect(found)}`
      : `${name} is ${constraintDefinition(found)} in the database and ${constraintDefinition(expected)} in the schema: ${
          !key && expected.kind !== "foreign key"
            ? `${aRow(expected.table)} that the code writes can be refused, or one it does not expect be stored`
            : lossOf(expected)
        }`,
    ...replacing(found, expected),
    expected: describe(expected),
    found: describe(found),
  };
}

function deletionEffect(found: ConstraintRow): string {
  switch (found.onDelete) {
    case "cascade":
      return `will delete rows of ${tableName(found)} too`;
    case "set null":
    case "set default":
      return `will empty ${columnList(found.columns)} in ${tableName(found)}`;
    default:
      return `will fail while rows of ${tableName(found)} point at it`;
  }
}

/** What a reference or a rule that the schema does not know refuses. */
function refusalOf(row: ConstraintRow): string {
  const one = aRow(row.table);
  if (row.kind === "foreign key") {
    return `${one} whose ${columnList(row.columns)} is not in ${targetOf(row.refersTo ?? "")} will be refused`;
  }
  return `${one} that ${row.kind === "check" ? "breaks it" : "conflicts with another"} will be refused`;
}

function unexpected(row: ConstraintRow, known: Set<string>, declared: Catalogue): Finding {
  const key = isKey(row) ? judgeUnknownKey(row, row.columns.split(" "), declared) : undefined;
  const repeated = known.has(meaningOf(row));
  const name = `${row.kind} ${quoted(row.name)} on ${tableName(row)}`;
  const effect = key?.effect ?? refusalOf(row);
  return {
    severity: repeated ? "harmless" : (key?.severity ?? "harmful"),
    what: whatOf(row),
    sentence: repeated
      ? `${name} repeats one of the schema: it only costs writes`
      : `${name} exists in the database (${constraintDefinition(row)}) and is unknown to the schema: ${effect}`,
    mend: dropConstraint(row),
    expected: undefined,
    found: describe(row),
  };
}
