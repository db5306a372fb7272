import { quotedName } from "../session/sql/quoted-name.ts";

// A backup is a text that psql takes too, for tables that stand already: a line of facts, the rows of each table by COPY, what
// sequences are at, and a line of totals, without which it is not whole.

/** Where a backup comes from. */
export interface BackupFacts {
  /** The program that made it. */
  version: string;
  at: string;
  /** The newest migration of its database: its rows are those of that version's tables. */
  newest: string;
  /** The version of the queue's tables. */
  queue: number;
}

/** Rows by the full name of their table. */
export type Totals = Record<string, number>;

export interface TablePart {
  schema: string;
  name: string;
  columns: readonly string[];
}

const FACTS = "-- ScraperSky backup 1 ";
const TOTALS = "-- whole ";
const IDENTIFIER = `"((?:[^"]|"")*)"`;
const COPY = new RegExp(`^copy ${IDENTIFIER}\\.${IDENTIFIER} \\((.*)\\) from stdin;$`);
const SETVAL = /^select pg_catalog\.setval\('((?:[^']|'')*)', (-?\d+), true\);$/;

/** Ends the rows of a COPY. No row can be that: a backslash in one is doubled. */
export const END_OF_ROWS = "\\.";

export const fullName = ({ schema, name }: Pick<TablePart, "schema" | "name">): string =>
  `${quotedName(schema)}.${quotedName(name)}`;

export const factsLine = (facts: BackupFacts): string => `${FACTS}${JSON.stringify(facts)}\n`;
export const totalsLine = (totals: Totals): string => `${TOTALS}${JSON.stringify(totals)}\n`;

export const copyLine = (part: TablePart): string =>
  `copy ${fullName(part)} (${part.columns.map(quotedName).join(", ")}) from stdin;\n`;

export const setvalLine = (sequence: string, value: string): string =>
  `select pg_catalog.setval('${sequence.replaceAll("'", "''")}', ${value}, true);\n`;

/** @throws Error when it is no backup, or one of a later form */
export function readFacts(line: string): BackupFacts {
  if (line.startsWith(FACTS)) return JSON.parse(line.slice(FACTS.length)) as BackupFacts;
  throw new Error("this is no backup that this version can read");
}

export type Line =
  | { kind: "rows"; table: TablePart }
  | { kind: "sequence"; sequence: string; value: string }
  | { kind: "totals"; totals: Totals };

const unquoted = (name: string): string => name.replaceAll('""', '"');

/** What a line between rows says; undefined for one that says nothing. */
export function readLine(line: string): Line | undefined {
  if (line.startsWith(TOTALS)) {
    return { kind: "totals", totals: JSON.parse(line.slice(TOTALS.length)) as Totals };
  }
  const copy = COPY.exec(line);
  if (copy) {
    const columns = [...copy[3]!.matchAll(new RegExp(IDENTIFIER, "g"))].map(([, name]) =>
      unquoted(name!),
    );
    const [schema, name] = [unquoted(copy[1]!), unquoted(copy[2]!)];
    return { kind: "rows", table: { schema, name, columns } };
  }
  const [, sequence, value] = SETVAL.exec(line) ?? [];
  if (sequence !== undefined && value !== undefined) {
    return { kind: "sequence", sequence: sequence.replaceAll("''", "'"), value };
  }
  if (line === "" || line.startsWith("--")) return undefined;
  throw new Error("this backup was changed: a line of it is none that we write");
}
