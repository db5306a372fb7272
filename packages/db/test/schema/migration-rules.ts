import { loadModule, parsePlPgSQLSync, parseSync } from "libpg-query";
import { describeRealTables } from "../../src/drift/declared.ts";

// What a migration may not do to a database in use. The real tables belong to the running system:
// after the first migration nothing alters, drops, fills or locks them, or what belongs to them.

await loadModule();

const real = describeRealTables();
const tables = new Set(real.tables.map(({ table }) => table));
const types = new Set(real.enums.map((row) => row.enum));
const sequences = new Set(
  real.columns.flatMap((row) => /^nextval\('([^']+)'/.exec(row.default ?? "")?.[1] ?? []),
);
// A key is an index too.
const indexes = new Set([...real.indexes, ...real.constraints].map(({ name }) => name));

/** A node of the parser: what it holds depends on its kind. */
type Node = Record<string, unknown>;

/** What a parsed statement says of a name: each part may be absent. */
interface Range {
  schemaname?: string;
  relname?: string;
}

const isOurs = (schema: string | undefined) => schema === "app";
/** In public what is listed, elsewhere whatever is not ours. */
const isIn = (names: Set<string>, schema = "public", name = "") =>
  schema === "public" ? names.has(name) : !isOurs(schema);
const isRealTable = (range: unknown) => {
  const { schemaname, relname } = (range ?? {}) as Range;
  return isIn(tables, schemaname, relname);
};

const ALTERS = "alters a real table";
const ALTERS_PART = "alters an index or sequence of a real table";
const DROPS = "drops a real table";
const TYPE = "alters or drops a type of a real table";
const WRITES = "writes a real table, which holds its rows until the end";
const LOCKS = "locks a real table";
const REWRITES = "rewrites tables";
const HOOKS = "puts a trigger, rule or policy on a real table";
const DROPS_INDEX = "drops an index of a real table";
const SCHEMA = "alters or drops a schema that is not ours";
const CASCADES = "drops what depends on something that is not ours, whatever that is";
const ENDS = "ends its own transaction, which is the runner's";
const COMPOSES = "runs SQL composed at run time, which nobody can check";
const RIGHTS = "changes who may use a real table";

/** The names of a relation that is altered or renamed: a table, index, sequence or view. */
function ofRelation(range: unknown): string[] {
  const { schemaname, relname } = (range ?? {}) as Range;
  if (isRealTable(range)) return [ALTERS];
  const part = [indexes, sequences].some((names) => isIn(names, schemaname, relname));
  return part ? [ALTERS_PART] : [];
}

/** The parts of a name: `["public", "jobs"]`. */
function namesOf(object: unknown): string[] {
  const node = (object ?? {}) as Node;
  const list = (node["List"] as Node | undefined)?.["items"] ??
    (node["TypeName"] as Node | undefined)?.["names"] ?? [node];
  return (list as Node[]).flatMap((part) => (part["String"] as { sval?: string })?.sval ?? []);
}

const isRealType = (object: unknown) => {
  const [name, schema] = namesOf(object).toReversed();
  return isIn(types, schema, name);
};

/** `alter … rename`, `set schema`, `owner to`. */
function ofAlteration(statement: Node, kind: unknown): string[] {
  if (kind === "OBJECT_SCHEMA") {
    const schema = String(statement["subname"] ?? namesOf(statement["object"])[0]);
    return schema === "app" ? [] : [SCHEMA];
  }
  return [...ofRelation(statement["relation"]), ...(isRealType(statement["object"]) ? [TYPE] : [])];
}

const DROPPED: Record<string, (names: string[]) => string[]> = {
  OBJECT_TABLE: ([name, schema]) => (isIn(tables, schema, name) ? [DROPS] : []),
  OBJECT_INDEX: ([, schema]) => (isOurs(schema) ? [] : [DROPS_INDEX]),
  OBJECT_SEQUENCE: ([name, schema]) => (isIn(sequences, schema, name) ? [ALTERS_PART] : []),
  OBJECT_TYPE: ([name, schema]) => (isIn(types, schema, name) ? [TYPE] : []),
  OBJECT_SCHEMA: ([name]) => (name === "app" ? [] : [SCHEMA]),
  OBJECT_TRIGGER: ([, table, schema]) => (isIn(tables, schema, table) ? [HOOKS] : []),
  OBJECT_RULE: ([, table, schema]) => (isIn(tables, schema, table) ? [HOOKS] : []),
  OBJECT_POLICY: ([, table, schema]) => (isIn(tables, schema, table) ? [HOOKS] : []),
};

function ofDrop({ objects, removeType, behavior }: Node): string[] {
  return (objects as unknown[]).flatMap((object) => {
    const names = namesOf(object).toReversed();
    const broken = DROPPED[String(removeType)]?.(names) ?? [];
    const ours = removeType === "OBJECT_SCHEMA" ? names[0] === "app" : isOurs(names[1]);
    return broken.length === 0 && behavior === "DROP_CASCADE" && !ours ? [CASCADES] : broken;
  });
}

function ofIndex({ relation, concurrent, unique, idxname }: Node): string[] {
  if (!isRealTable(relation)) return [];
  if (unique) return ["builds a unique index on a real table, which refuses rows of other writers"];
  if (!concurrent) {
    return ["builds an index on a real table that blocks writers: build it concurrently"];
  }
  const named = String(idxname).startsWith("app_");
  return named ? [] : ["names an index on a real table without app_ in front"];
}

const ranges = (list: unknown): unknown[] =>
  ((list ?? []) as Node[]).map((node) => node["RangeVar"] ?? node);

/**
 * What roles may do and what the sidebar shows are rows that a version brings with it. New ones may be
 * added there, which locks nothing of anybody; what is there stays as its owner left it.
 */
const CATALOGUES = new Set([
  "permissions",
  "roles",
  "role_permissions",
  "feature_flags",
  "sidebar_features",
]);

function ofInsert({ relation, onConflictClause }: Node): string[] {
  const { schemaname = "public", relname = "" } = (relation ?? {}) as Range;
  const changes = ((onConflictClause ?? {}) as Node)["action"] === "ONCONFLICT_UPDATE";
  const adds = schemaname === "public" && CATALOGUES.has(relname) && !changes;
  return broken(isRealTable(relation) && !adds, WRITES);
}

/** `for update` of a query that reads a real table. */
function ofSelect({ lockingClause, fromClause }: Node): string[] {
  return lockingClause && readsRealTable(fromClause) ? [LOCKS] : [];
}

const readsRealTable = (value: unknown): boolean =>
  [...nodesOf(value)].some(([kind, node]) => kind === "RangeVar" && isRealTable(node));

/** `setval('jobs_id_seq', 1)` alters a sequence as well. */
function ofCall({ funcname, args }: Node): string[] {
  const [name] = namesOf({ List: { items: funcname } }).toReversed();
  if (name !== "setval") return [];
  const said = [...nodesOf(args)].find(([kind]) => kind === "A_Const")?.[1]["sval"] as
    | Node
    | undefined;
  const [sequence, schema] = String(said?.["sval"]).split(".").toReversed();
  return said && !isIn(sequences, schema, sequence) ? [] : [ALTERS_PART];
}

function ofSetting({ is_local, name }: Node): string[] {
  const stays = !is_local || name === "search_path";
  return broken(stays, "changes a setting on which the runner or the next user counts");
}

function ofGrant({ targtype, objects }: Node): string[] {
  const all = targtype === "ACL_TARGET_ALL_IN_SCHEMA";
  const real = all
    ? (objects as Node[]).some((object) => namesOf(object)[0] !== "app")
    : ranges(objects).some(isRealTable);
  return real ? [RIGHTS] : [];
}

const broken = (is: boolean, message: string) => (is ? [message] : []);
const target = (message: string) => (statement: Node) =>
  broken(isRealTable(statement["relation"]), message);

/** What each kind of statement may break. A kind that is not here is refused. */
const RULES: Record<string, (statement: Node) => string[]> = {
  SelectStmt: ofSelect,
  InsertStmt: ofInsert,
  UpdateStmt: target(WRITES),
  DeleteStmt: target(WRITES),
  MergeStmt: target(WRITES),
  CopyStmt: (statement) => (statement["is_from"] ? target(WRITES)(statement) : []),
  TruncateStmt: ({ relations }) => broken(ranges(relations).some(isRealTable), WRITES),
  LockStmt: ({ relations }) => broken(ranges(relations).some(isRealTable), LOCKS),
  AlterTableStmt: ({ relation, cmds }) => [
    ...ofRelation(relation),
    ...broken(readsRealTable(cmds), ALTERS),
  ],
  RenameStmt: (statement) => ofAlteration(statement, statement["renameType"]),
  AlterObjectSchemaStmt: (statement) => ofAlteration(statement, statement["objectType"]),
  AlterOwnerStmt: (statement) => ofAlteration(statement, statement["objectType"]),
  AlterSeqStmt: ({ sequence }) => ofRelation(sequence),
  AlterEnumStmt: ({ typeName }) => broken(isRealType({ List: { items: typeName } }), TYPE),
  DropStmt: ofDrop,
  DropOwnedStmt: () => [DROPS],
  IndexStmt: ofIndex,
  CreateStmt: ({ inhRelations }) => broken(ranges(inhRelations).some(isRealTable), ALTERS),
  CreateTrigStmt: target(HOOKS),
  RuleStmt: target(HOOKS),
  CreatePolicyStmt: ({ table }) => broken(isRealTable(table), HOOKS),
  AlterPolicyStmt: ({ table }) => broken(isRealTable(table), HOOKS),
  VacuumStmt: ({ is_vacuumcmd }) => broken(is_vacuumcmd === true, REWRITES),
  ClusterStmt: () => [REWRITES],
  RepackStmt: () => [REWRITES],
  ReindexStmt: () => [REWRITES],
  TransactionStmt: ({ kind }) => broken(!/SAVEPOINT|RELEASE|ROLLBACK_TO/.test(String(kind)), ENDS),
  GrantStmt: ofGrant,
  DoStmt: ofBlock,
  FuncCall: ofCall,
  VariableSetStmt: ofSetting,
  CommentStmt: () => [],
  CreateEnumStmt: () => [],
  CreateExtensionStmt: () => [],
  CreateFunctionStmt: () => [],
  CreateSchemaStmt: () => [],
  CreateSeqStmt: () => [],
  CreateTableAsStmt: () => [],
  ViewStmt: () => [],
};

/** Every node below one, with its kind. */
function* nodesOf(value: unknown): Generator<[kind: string, node: Node]> {
  if (typeof value !== "object" || value === null) return;
  for (const [kind, child] of Object.entries(value)) {
    if (typeof child === "object" && child !== null && /^[A-Z]/.test(kind)) {
      yield [kind, child as Node];
    }
    yield* nodesOf(child);
  }
}

/** The statements of a block of PL/pgSQL. */
function ofBlock({ args }: Node): string[] {
  const options = new Map(
    (args as Node[]).map((arg) => {
      const { defname, arg: value } = arg["DefElem"] as { defname: string; arg: unknown };
      return [defname, namesOf(value)[0] ?? ""];
    }),
  );
  if ((options.get("language") ?? "plpgsql") !== "plpgsql") return [COMPOSES];
  const block = parsePlPgSQLSync(`do $lint_block$${options.get("as")}$lint_block$`);
  return [...nodesOf(block)].flatMap(([kind, node]) => {
    if (/^PLpgSQL_stmt_(dynexecute|dynfors)$/.test(kind) || "dynquery" in node) return [COMPOSES];
    if (/^PLpgSQL_stmt_(commit|rollback)$/.test(kind)) return [ENDS];
    if (kind !== "PLpgSQL_expr") return [];
    // Mode 0 is a statement, 2 an expression, and from 3 on something is assigned.
    const { query, parseMode } = node as { query: string; parseMode: number };
    if (parseMode === 0) return findBroken(query);
    return findBroken(`select ${parseMode > 2 ? query.replace(/^[^:=]*:?=/, "") : query}`);
  });
}

function findBroken(text: string): string[] {
  const { stmts = [] } = parseSync(text) as unknown as { stmts?: { stmt: Node }[] };
  return stmts.flatMap(({ stmt }) => {
    const [top = ""] = Object.keys(stmt);
    if (!Object.hasOwn(RULES, top)) return [`is a statement that no rule knows: ${top}`];
    // Below the top, a common table expression may write, and a query may lock. What a function sets ends with its call.
    const isOfCall = (kind: string) => top === "CreateFunctionStmt" && kind === "VariableSetStmt";
    return [...nodesOf(stmt)].flatMap(([kind, node]) =>
      Object.hasOwn(RULES, kind) && !isOfCall(kind) ? (RULES[kind]?.(node) ?? []) : [],
    );
  });
}

/** The rules a migration breaks; the first one makes the real tables and may do anything. */
export function findBrokenRules(name: string, text: string): string[] {
  if (name === "0001_real_tables") return [];
  try {
    return [...new Set(findBroken(text))];
  } catch (error) {
    return [`cannot be parsed: ${error instanceof Error ? error.message : String(error)}`];
  }
}
