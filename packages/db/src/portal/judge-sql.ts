import type { ParseResult } from "libpg-query";
import { COLLATIONS, FUNCTIONS, REFUSED_FUNCTIONS, TYPES, VALUE_WORDS } from "./allowed.ts";
import { FunctionsInFrom } from "./functions-in-from.ts";
import { LEAVES, REFUSED_KINDS, SHAPES } from "./shapes.ts";

/** Whether a text may be sent to the server at all. */
export type Verdict = Accepted | Refusal;

interface Accepted {
  ok: true;
  /** Those that it reads, of the listed ones. */
  tables: string[];
}

interface Refusal {
  ok: false;
  /** Why not, in a sentence. */
  reason: string;
  /** Where in the text, in characters from 1, where it is known. */
  position: number | null;
}

/** Characters of a statement. */
export const SQL_LENGTH_MAX = 20_000;
/** Brackets, operators and queries inside each other. */
export const SQL_DEPTH_MAX = 200;
/** Brackets that open: more than this is refused before the parser goes down into them. */
export const SQL_BRACKETS_MAX = 500;

type Node = Readonly<Record<string, unknown>>;

/** Thrown and caught here: what is refused ends the walk. */
class Refused extends Error {
  readonly at: number | undefined;

  constructor(reason: string, at?: number) {
    super(reason);
    this.at = at;
  }
}

/**
 * Judges a text by PostgreSQL's own grammar: one statement that only reads, of tables, functions and types that are
 * listed. What a list does not name is refused, so a construct of a newer grammar is too.
 * @param tables those that it may read, by the names without a schema
 */
export async function judgeSql(text: string, tables: ReadonlySet<string>): Promise<Verdict> {
  if (text.length > SQL_LENGTH_MAX) {
    return refusal(`A statement has at most ${SQL_LENGTH_MAX.toLocaleString("en")} characters.`);
  }
  if (text.trim() === "") return refusal("There is no statement.");
  // The server would read a text that ends there.
  if (text.includes("\0")) return refusal("A statement holds no NUL characters.");
  if ((text.match(/[([]/g)?.length ?? 0) > SQL_BRACKETS_MAX) return refusal(tooDeep);
  let parsed: ParseResult;
  try {
    // 1.7 MB of grammar, for the few who come here.
    const { parse } = await import("libpg-query");
    parsed = await parse(text);
  } catch (error) {
    return ofGrammar(error);
  }
  try {
    return { ok: true, tables: judge(parsed, tables) };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    const { message, at } = error;
    return {
      ok: false,
      reason: message,
      position: at === undefined ? null : charactersTo(text, at),
    };
  }
}

const tooDeep = "The statement is nested too deeply.";

const refusal = (reason: string): Refusal => ({ ok: false, reason, position: null });

function ofGrammar(error: unknown): Refusal {
  const { message, sqlDetails } = error as {
    message?: string;
    sqlDetails?: { cursorPosition?: number };
  };
  if (sqlDetails === undefined) return refusal(tooDeep);
  const place = sqlDetails.cursorPosition ?? -1;
  return {
    ok: false,
    reason: `This is no SQL: ${message}.`,
    position: place < 0 ? null : place + 1,
  };
}

/** Places of the parser are bytes of UTF-8. */
const charactersTo = (text: string, at: number): number =>
  [...Buffer.from(text, "utf8").subarray(0, at).toString("utf8")].length + 1;

function judge(parsed: ParseResult, tables: ReadonlySet<string>): string[] {
  const statements = parsed.stmts ?? [];
  const [only] = statements;
  if (only?.stmt === undefined) throw new Refused("There is no statement.");
  if (statements.length > 1) {
    throw new Refused("One statement at a time.", statements[1]?.stmt_location);
  }
  const [kind = ""] = Object.keys(only.stmt);
  if (kind !== "SelectStmt") {
    const why = REFUSED_KINDS[kind];
    throw new Refused(
      why === undefined
        ? "Only SELECT, VALUES and TABLE run here."
        : `Only what reads runs here: ${why}.`,
    );
  }
  const judging = new Judge(tables, only.stmt as Node);
  judging.walk(only.stmt, 0);
  return [...judging.read].toSorted();
}

class Judge {
  readonly #tables: ReadonlySet<string>;
  readonly read = new Set<string>();
  /** Names that WITH gives, wherever they hold. */
  readonly #given = new Set<string>();
  readonly #functions = new FunctionsInFrom();

  constructor(tables: ReadonlySet<string>, statement: Node) {
    this.#tables = tables;
    this.#collect(statement, 0);
  }

  /** What names stand for is known before any is used: it may be used before it is given. */
  #collect(value: unknown, depth: number): void {
    if (depth > 4 * SQL_DEPTH_MAX) throw new Refused(tooDeep);
    if (Array.isArray(value)) return value.forEach((one) => this.#collect(one, depth + 1));
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "CommonTableExpr") this.#give(inner as Node);
      if (name === "RangeFunction" && !this.#functions.add(inner as Node)) {
        throw new Refused("What stands in FROM and is no plain function needs a name: … as x.");
      }
      this.#collect(inner, depth + 1);
    }
  }

  #give({ ctename, location }: Node): void {
    // Outside of where it holds, the name would be the server's own table.
    if (/^pg_/i.test(String(ctename))) {
      throw new Refused("A name given by WITH does not begin with pg_.", at(location));
    }
    this.#given.add(String(ctename));
  }

  /** A node that says its kind, a list of such, or a plain value. */
  walk(value: unknown, depth: number): void {
    if (Array.isArray(value)) {
      for (const one of value) this.walk(one, depth);
      return;
    }
    if (typeof value !== "object" || value === null) return;
    for (const [kind, node] of Object.entries(value)) this.#node(kind, node as Node, depth + 1);
  }

  #node(kind: string, node: Node, depth: number): void {
    if (LEAVES.has(kind)) return;
    if (depth > SQL_DEPTH_MAX) throw new Refused(tooDeep);
    const shape = Object.hasOwn(SHAPES, kind) ? SHAPES[kind] : undefined;
    if (shape === undefined) throw new Refused(refusedKind(kind), at(node["location"]));
    CHECKS[kind]?.call(this, node);
    for (const [name, value] of Object.entries(node)) {
      const field = Object.hasOwn(shape, name) ? shape[name] : undefined;
      if (field === undefined) throw new Refused(refusedField(name), at(node["location"]));
      if (field === "any") this.walk(value, depth);
      else this.#node(field, value as Node, depth + 1);
    }
  }

  checkTable({ schemaname, relname, location }: Node): void {
    const name = String(relname);
    const isTable = this.#tables.has(name);
    if (schemaname !== undefined) {
      const hint = isTable ? ` Write ${name}, without a schema.` : "";
      throw new Refused(`Tables are named without a schema here.${hint}`, at(location));
    }
    if (isTable) this.read.add(name);
    if (isTable || this.#given.has(name)) return;
    throw new Refused(
      `The table ${shown(name)} is not among those that can be read here.`,
      at(location),
    );
  }

  checkColumn({ fields, location }: Node): void {
    const [table, column, ...more] = (fields as Node[]).map(textOf);
    if (more.length > 0) throw new Refused("Write table.column at most.", at(location));
    if (table === undefined || column === undefined) return;
    if (this.#functions.isHarmless(table, column)) return;
    throw new Refused(
      `${shown(table)}.${shown(column)} may be a call of the function ${shown(column)}: name the column in "as ${shown(table)}(…)".`,
      at(location),
    );
  }
}

/** What kinds are held to besides their fields. */
const CHECKS: Readonly<Record<string, (this: Judge, node: Node) => void>> = {
  RangeVar(node) {
    this.checkTable(node);
  },
  ColumnRef(node) {
    this.checkColumn(node);
  },
  FuncCall({ funcname, location }) {
    const name = ownName(funcname);
    if (name !== undefined && FUNCTIONS.has(name)) return;
    const said = namesOf(funcname).join(".");
    const why = REFUSED_FUNCTIONS.find(([pattern]) => pattern.test(said.replace(/^.*\./, "")))?.[1];
    throw new Refused(
      `The function ${shown(said)} cannot be called here${why === undefined ? "" : `: ${why}`}.`,
      at(location),
    );
  },
  TypeName({ names, location }) {
    const name = ownName(names);
    if (name !== undefined && TYPES.has(name)) return;
    throw new Refused(`Nothing is cast to ${shown(namesOf(names).join("."))} here.`, at(location));
  },
  A_Expr({ name, location }) {
    requireOwnOperator(name, location);
  },
  SubLink({ operName, location }) {
    if (operName !== undefined) requireOwnOperator(operName, location);
  },
  A_Indirection({ indirection }) {
    // `(x).name` is a call of name(x) where x has no such part.
    const plain = (indirection as Node[]).every((one) => "A_Indices" in one);
    if (!plain) throw new Refused("Parts of a value, as in (x).name, cannot be named here.");
  },
  SQLValueFunction({ op, location }) {
    if (VALUE_WORDS.has(String(op))) return;
    throw new Refused("Who is connected, and to what, is not told here.", at(location));
  },
  CollateClause({ collname, location }) {
    const name = ownName(collname);
    if (name !== undefined && COLLATIONS.has(name)) return;
    throw new Refused("That collation is not offered.", at(location));
  },
};

function requireOwnOperator(name: unknown, location: unknown): void {
  if (ownName(name) !== undefined) return;
  throw new Refused("Operators are named without a schema here.", at(location));
}

/** The last name, where what is before it is nothing or pg_catalog. */
function ownName(list: unknown): string | undefined {
  const names = namesOf(list);
  if (names.length === 1) return names[0];
  return names.length === 2 && names[0] === "pg_catalog" ? names[1] : undefined;
}

const textOf = (node: Node): string | undefined =>
  (node["String"] as { sval?: string } | undefined)?.sval;

const namesOf = (list: unknown): string[] =>
  ((list ?? []) as Node[]).map((one) => textOf(one) ?? "");

const at = (location: unknown): number => (typeof location === "number" ? location : 0);

/** A name in a sentence: of any length and with anything in it. */
const shown = (name: string): string => (name.length > 63 ? `${name.slice(0, 60)}…` : name);

const refusedKind = (kind: string): string => {
  const why = Object.hasOwn(REFUSED_KINDS, kind) ? REFUSED_KINDS[kind] : undefined;
  return why === undefined ? `${kind} is not offered here.` : `This is refused: ${why}.`;
};

const FIELD_REASONS: Readonly<Record<string, string>> = {
  intoClause: REFUSED_KINDS["IntoClause"]!,
  lockingClause: REFUSED_KINDS["LockingClause"]!,
  catalogname: "other databases cannot be named",
  useOp: "an order is ascending or descending",
};

const refusedField = (name: string): string =>
  Object.hasOwn(FIELD_REASONS, name)
    ? `This is refused: ${FIELD_REASONS[name]}.`
    : `${name} is not offered here.`;
