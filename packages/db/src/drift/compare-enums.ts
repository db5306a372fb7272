import type { Catalogue, EnumRow } from "./catalogue.ts";
import type { Finding } from "./difference.ts";
import { quoted } from "./naming.ts";

const nameOf = (row: EnumRow) =>
  row.schema === "public" ? quoted(row.enum) : `${quoted(row.schema)}.${quoted(row.enum)}`;
const literal = (label: string) => `'${label.replaceAll("'", "''")}'`;
const listed = (labels: string[]) => labels.map(literal).join(", ");

/** Enums of the schema and their labels; other enums are none of ours. */
export function compareEnums(declared: Catalogue, live: Catalogue): Finding[] {
  const found = new Map(live.enums.map((row) => [`${row.schema}.${row.enum}`, row]));
  return declared.enums.flatMap((row) => {
    const same = found.get(`${row.schema}.${row.enum}`);
    return same ? compareLabels(row, same) : [missing(row)];
  });
}

const missing = (row: EnumRow): Finding => ({
  severity: "breaking",
  what: `enum ${nameOf(row)}`,
  sentence: `enum ${nameOf(row)} does not exist in the database: writing a column of that type will fail`,
  mend: `create type ${nameOf(row)} as enum (${listed(row.labels)});`,
  expected: row.labels.join("|"),
  found: undefined,
});

function compareLabels(expected: EnumRow, found: EnumRow): Finding[] {
  const name = nameOf(expected);
  const both = {
    what: `enum ${name}`,
    expected: expected.labels.join("|"),
    found: found.labels.join("|"),
  };
  if (both.expected === both.found) return [];
  const lost = expected.labels.filter((label) => !found.labels.includes(label));
  const extra = found.labels.filter((label) => !expected.labels.includes(label));
  const findings: Finding[] = [];
  const [old, current] = [extra[0], lost[0]];
  const isRenamed =
    old !== undefined &&
    current !== undefined &&
    expected.labels.join("|") ===
      found.labels.map((label) => (label === old ? current : label)).join("|");
  if (isRenamed) {
    return [
      {
        ...both,
        severity: "breaking",
        sentence: `enum ${name} has ${literal(old)} in the database where the schema has ${literal(current)}: writing that word will fail, and code that reads such a row meets one it does not expect`,
        mend: `alter type ${name} rename value ${literal(old)} to ${literal(current)};`,
      },
    ];
  }
  if (lost.length > 0) {
    findings.push({
      ...both,
      severity: "breaking",
      sentence: `enum ${name} has no ${listed(lost)} in the database: writing that word will fail`,
      mend: lost
        .map((label) => {
          const before = expected.labels[expected.labels.indexOf(label) - 1];
          const place = before !== undefined && found.labels.includes(before);
          return `alter type ${name} add value ${literal(label)}${place ? ` after ${literal(before)}` : ""};`;
        })
        .join(" "),
    });
  }
  if (extra.length > 0) {
    findings.push({
      ...both,
      severity: "harmful",
      sentence: `enum ${name} has ${listed(extra)} in the database, unknown to the schema: code that reads such a row meets a word it does not expect`,
      mend: `-- a label cannot be removed while its type exists: add ${listed(extra)} to the schema, or build the type anew`,
    });
  }
  if (findings.length === 0) {
    findings.push({
      ...both,
      severity: "harmless",
      sentence: `enum ${name} has its labels in another order in the database: only sorting by it differs`,
      mend: `-- the order of labels cannot be changed while the type exists`,
    });
  }
  return findings;
}
