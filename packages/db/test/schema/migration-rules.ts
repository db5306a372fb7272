import { describeRealTables } from "../../src/drift/declared.ts";

// What a migration may not do to a database in use. The real tables belong to the running system:
// after the first migration nothing alters, drops, fills or locks them.

const real = describeRealTables();
const tables = real.tables.map(({ table }) => table).join("|");
const types = real.enums.map((row) => row.enum).join("|");
const onTable = `(?:only\\s+)?(?:if\\s+exists\\s+)?(?:"?public"?\\.)?"?(?:${tables})"?(?![\\w."])`;
const pattern = (text: string) => new RegExp(text, "i");

const rules: [message: string, broken: RegExp][] = [
  ["alters a real table", pattern(`\\balter\\s+table\\s+${onTable}`)],
  ["drops a real table", pattern(`\\bdrop\\s+table\\s+${onTable}`)],
  [
    "alters or drops a type of a real table",
    pattern(
      `\\b(?:alter|drop)\\s+type\\s+(?:if\\s+exists\\s+)?(?:public\\.)?"?(?:${types})"?(?!\\w)`,
    ),
  ],
  [
    "writes a real table, which holds its rows until the end",
    pattern(
      `\\b(?:update|delete\\s+from|insert\\s+into|merge\\s+into|truncate(?:\\s+table)?)\\s+${onTable}`,
    ),
  ],
  ["locks a real table", pattern(`\\block\\s+(?:table\\s+)?${onTable}`)],
  ["rewrites tables", /\b(?:vacuum\s+full|cluster|reindex)\b/i],
  [
    "puts a trigger, rule or policy on a real table",
    pattern(
      `\\bcreate\\s+(?:or\\s+replace\\s+)?(?:constraint\\s+)?(?:trigger|rule|policy)\\b[^;]*?\\b(?:on|to)\\s+${onTable}`,
    ),
  ],
  [
    "builds an index on a real table that blocks writers: build it concurrently",
    pattern(`\\bcreate\\s+(?:unique\\s+)?index\\s+(?!concurrently)[^;]*?\\bon\\s+${onTable}`),
  ],
  [
    "builds a unique index on a real table, which refuses rows of other writers",
    pattern(`\\bcreate\\s+unique\\s+index\\b[^;]*?\\bon\\s+${onTable}`),
  ],
  [
    "names an index on a real table without app_ in front",
    pattern(
      `\\bcreate\\s+index\\s+concurrently\\s+(?:if\\s+not\\s+exists\\s+)?(?!app_)\\w+\\s+on\\s+${onTable}`,
    ),
  ],
  [
    "drops an index of a real table",
    /\bdrop\s+index\s+(?!(?:concurrently\s+)?(?:if\s+exists\s+)?app\.)/i,
  ],
  [
    "ends its own transaction, which is the runner's",
    /(?:^|;)\s*(?:commit|rollback|begin|start\s+transaction)\s*;/im,
  ],
];

/** The rules a migration breaks; the first one makes the real tables and may do anything. */
export function findBrokenRules(name: string, text: string): string[] {
  if (name === "0001_real_tables") return [];
  const code = text.replace(/--[^\n]*|\/\*[^]*?\*\//g, " ");
  return rules.filter(([, broken]) => broken.test(code)).map(([message]) => message);
}
