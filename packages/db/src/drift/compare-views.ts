import type { Catalogue, ViewRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { quoted, tableKey, tableName } from "./naming.ts";
import { normalise, normaliseType } from "./normalise.ts";

const nameOf = (row: ViewRow) => tableName({ schema: row.schema, table: row.view });

const describe = (row: ViewRow) => {
  const invoker = row.invoker ? " with the reader's rights" : "";
  return `${row.columns.map(({ column }) => column).join(", ")}${invoker}`;
};

function create(row: ViewRow, verb = "create"): string {
  const rights = row.invoker ? " with (security_invoker = true)" : "";
  return row.query === null
    ? `-- create the view ${nameOf(row)} with the columns ${describe(row)}`
    : `${verb} view ${nameOf(row)}${rights} as ${row.query};`;
}

/** Views of the schema; other views are none of ours. */
export function compareViews(declared: Catalogue, live: Catalogue): Finding[] {
  const found = new Map(live.views.map((row) => [`${row.schema}.${row.view}`, row]));
  const tables = new Map(live.tables.map((row) => [tableKey(row), row.kind]));
  return declared.views.flatMap((row) => {
    const key = `${row.schema}.${row.view}`;
    const same = found.get(key);
    return same ? compareView(row, same) : [missing(row, tables.get(key))];
  });
}

function missing(row: ViewRow, kind: string | undefined): Finding {
  const name = nameOf(row);
  return {
    severity: "breaking",
    what: `view ${name}`,
    sentence:
      kind === undefined
        ? `view ${name} does not exist in the database: SQL that reads it will fail`
        : `${name} is a ${kind} in the database, where the schema has a view: SQL that reads it gets other rows`,
    mend:
      kind === undefined
        ? create(row)
        : `-- rename the ${kind} ${name} first; then: ${create(row)}`,
    expected: describe(row),
    found: kind,
  };
}

function compareView(expected: ViewRow, found: ViewRow): Finding[] {
  const name = nameOf(expected);
  const both = { what: `view ${name}`, expected: describe(expected), found: describe(found) };
  const mend = `drop view ${name}; ${create(expected)}`;
  const findings: Finding[] = [];
  const types = new Map(found.columns.map(({ column, type }) => [column, normaliseType(type)]));
  const lost = expected.columns.filter(({ column }) => !types.has(column));
  const changed = expected.columns.filter(
    ({ column, type }) => types.has(column) && types.get(column) !== normaliseType(type),
  );
  if (lost.length > 0) {
    const columns = lost.map(({ column }) => quoted(column)).join(", ");
    const text = `view ${name} has no ${columns} in the database: SQL that reads it will fail`;
    findings.push({ ...both, severity: "breaking", sentence: text, mend });
  }
  if (changed.length > 0) {
    const columns = changed.map(({ column }) => quoted(column)).join(", ");
    const text = `view ${name} gives ${columns} in another type in the database: SQL that reads it gets values of another kind`;
    findings.push({ ...both, severity: "breaking", sentence: text, mend });
  }
  if (expected.invoker && !found.invoker) {
    findings.push({
      ...both,
      severity: "harmful",
      sentence: `view ${name} reads with its owner's rights in the database: whoever may read it sees rows that row security hides from them`,
      mend: `alter view ${name} set (security_invoker = true);`,
    });
  }
  const queries = [expected.query, found.query].map((query) =>
    withoutOnlyTable(normalise((query ?? "").replace(/;\s*$/, ""))),
  );
  if (findings.length === 0 && expected.query !== null && queries[0] !== queries[1]) {
    findings.push({
      what: both.what,
      severity: "harmful",
      sentence: `view ${name} has another query in the database: SQL that reads it can get other rows or columns`,
      mend,
      expected: queries[0],
      found: queries[1],
    });
  }
  return findings;
}

const NEXT_CLAUSE = "where|group|having|window|order|limit|offset|fetch|for";
const ONLY_TABLE = new RegExp(
  `\\bfrom ((?:[\\w$]+\\.)?([\\w$]+))(?: (?!(?:${NEXT_CLAUSE})\\b)([\\w$]+))?(?= (?:${NEXT_CLAUSE})\\b|$)`,
);

/**
 * Where a query reads one table, its columns without that table's name, which servers before 16 print
 * and later ones do not. The query is in the form of `normalise`.
 */
function withoutOnlyTable(query: string): string {
  const [from, table, name, alias] = ONLY_TABLE.exec(query) ?? [];
  const sources = query.match(/\b(?:from|join)\b/g)?.length ?? 0;
  if (from === undefined || sources !== 1) return query;
  return query
    .replace(from, () => `from ${table}`)
    .replace(new RegExp(`(?<![\\w$."])${alias ?? name}\\.(?=[\\w"])`, "g"), "");
}
