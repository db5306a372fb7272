// What would stay on a connection after its statement or transaction, as far as a text shows it. What
// a function, a procedure or a text put together in a block does, nobody sees here.
import { DatabaseError } from "../errors/database-error.ts";
import { mapOpaque } from "./named-parameters.ts";
import { TextCache } from "./text-cache.ts";

/** Words of what stays, wherever they stand: most texts have none of them. */
const WORDS =
  /\b(?:set|reset|listen|unlisten|load|discard|prepare|temp|temporary|hold|set_config|pg_settings)\b|advisory_lock|\bpg_temp/i;

const STATEMENT = String.raw`(?:^|;)\s*(?:explain\s+(?:\([^)]*\)\s*|(?:analy[sz]e|verbose)\s+)*)?`;
/** Inside a block, statements also follow its own words. */
const IN_BLOCK = String.raw`(?:^|;|>>|\b(?:begin|then|else|loop)\b)\s*`;
const COMMANDS = [
  String.raw`set\s(?!\s*(?:local|transaction|constraints)\b)`,
  String.raw`(?:reset|listen|unlisten|load|discard)\s(?!\s*:?=)`,
  String.raw`prepare\s(?!\s*transaction\b)`,
  String.raw`declare\s(?:(?!\bfor\b)[^;])*\bwith\s+hold\b`,
  // Objects of a temporary schema, by keyword or by name; indexes go with their table.
  String.raw`create\s+(?:or\s+replace\s+)?(?:(?:global|local)\s+)?temp(?:orary)?\s(?![^;]*\bon\s+commit\s+drop\b)`,
  String.raw`create\s+(?!(?:unique\s+)?index\b)(?:\w+\s+){1,6}"?pg_temp\w*"?\s*\.(?![^;]*\bon\s+commit\s+drop\b)`,
].join("|");
const AT_START = new RegExp(`${STATEMENT}(?:${COMMANDS})`, "i");
const AT_START_IN_BLOCK = new RegExp(`${IN_BLOCK}(?:${COMMANDS})`, "i");
/** Wherever they stand. `pg_advisory_xact_lock` ends with its transaction. */
const ANYWHERE = new RegExp(
  [
    String.raw`\bpg_(?:try_)?advisory_lock(?:_shared)?"?\s*\(`,
    String.raw`(?<!\b(?:insert|merge)\s+)\binto\s+(?:(?:local|global)\s+)?temp(?:orary)?\s+["\w]`,
    String.raw`(?<!\b(?:insert|merge)\s+)\binto\s+(?:table\s+)?"?pg_temp\w*"?\s*\.`,
    String.raw`\bupdate\s+(?:only\s+)?(?:"?pg_catalog"?\s*\.\s*)?"?pg_settings\b`,
  ].join("|"),
  "i",
);
const BLOCK = /(?:^|;)\s*do\b/i;
const EXECUTES = /\bexecute\b/i;
const SET_CONFIG = /\bset_config"?\s*\(/gi;
const TRUE = /^\s*(?:true|t|yes|y|on|1)\s*$/i;

/** Whether a text leaves something; or the numbers of the parameters that must be true so that it does not. */
type Verdict = boolean | readonly number[];
const verdicts = new TextCache<Verdict>(1_000);

/**
 * Settings, session locks, LISTEN, open cursors and temporary tables would reach whoever gets the
 * connection next, behind a transaction pooler another program.
 */
export function refuseLasting(
  text: string,
  parameters: readonly unknown[] = [],
): DatabaseError | undefined {
  const verdict = verdictOn(text);
  if (verdict === false) return undefined;
  const isTrue = (number: number) => saysTrue(parameters[number - 1]);
  if (verdict !== true && verdict.every(isTrue)) return undefined;
  return new DatabaseError(
    "unsupported",
    "this would stay on a connection that others share: in a transaction use SET LOCAL, " +
      "set_config with true, pg_advisory_xact_lock or ON COMMIT DROP, " +
      "else a connection of its own from session()",
  );
}

/** What has parts is sent as JSON or an array, which is no boolean. */
const saysTrue = (value: unknown): boolean => typeof value !== "object" && TRUE.test(String(value));

function verdictOn(text: string): Verdict {
  return verdicts.get(text) ?? verdicts.keep(text, WORDS.test(text) && judge(text));
}

function judge(text: string): Verdict {
  const bodies: string[] = [];
  const sql = readable(text, bodies);
  const stays = AT_START.test(sql) || ANYWHERE.test(sql);
  if (stays || (BLOCK.test(sql) && bodies.some(staysInBlock))) return true;
  return settings(sql);
}

/** What runs in a block, and the texts that it executes. */
function staysInBlock(body: string): boolean {
  const texts: string[] = [];
  const sql = readable(body, texts);
  if (AT_START_IN_BLOCK.test(sql) || ANYWHERE.test(sql)) return true;
  const bound = settings(sql);
  if (bound === true || (bound !== false && bound.length > 0)) return true;
  return EXECUTES.test(sql) && texts.some((one) => judge(one) === true);
}

/** Names are readable, whatever they are made of; of strings only those that say true. */
function readable(text: string, strings: string[]): string {
  return mapOpaque(text, (piece) => {
    if (piece.startsWith('"')) return `"${piece.slice(1, -1).replace(/\W/g, "_")}"`;
    const dollars = /^\$\w*\$/.exec(piece)?.[0].length;
    if (dollars === undefined && !piece.startsWith("'")) return " ";
    const inside =
      dollars === undefined
        ? piece.slice(1, -1).replaceAll("''", "'")
        : piece.slice(dollars, -dollars);
    strings.push(inside);
    return TRUE.test(inside) ? " true " : " ";
  });
}

/** Calls of `set_config`: true when one lasts or cannot be read, else the parameters that decide. */
function settings(sql: string): Verdict {
  const numbers: number[] = [];
  for (const { index, 0: call } of sql.matchAll(SET_CONFIG)) {
    const [, , third = ""] = argumentsAt(sql, index + call.length);
    const local = plain(third);
    const number = /^\$(\d+)$/.exec(local)?.[1];
    if (number !== undefined) numbers.push(Number(number));
    else if (!TRUE.test(local)) return true;
  }
  return numbers.length > 0 && numbers;
}

/** Without brackets around it and casts to boolean behind it. */
function plain(value: string): string {
  const inner = value.trim().replace(/\s*::\s*(?:pg_catalog\s*\.\s*)?bool(?:ean)?$/i, "");
  const bracketed = /^\(([^()]*)\)$/.exec(inner)?.[1];
  if (bracketed !== undefined) return plain(bracketed);
  return inner === value ? inner : plain(inner);
}

/** The arguments of a call whose bracket opens before this place; none when it never closes. */
function argumentsAt(sql: string, start: number): string[] {
  const values: string[] = [];
  let depth = 1;
  let from = start;
  for (let at = start; at < sql.length; at++) {
    const char = sql[at]!;
    if ("([".includes(char)) depth++;
    else if (")]".includes(char)) depth--;
    if (depth > 1 || (depth === 1 && char !== ",")) continue;
    values.push(sql.slice(from, at).trim());
    from = at + 1;
    if (depth === 0) return values;
  }
  return [];
}
