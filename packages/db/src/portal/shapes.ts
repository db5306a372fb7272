// The part of PostgreSQL's grammar that reads: every kind of node of a parsed statement, with every field that it may have.

/**
 * What stands in a field: `any` for a value, a node or a list of them, each of which says its own kind; a kind, where the
 * node stands there without saying it.
 */
type Field = "any" | (string & {});

const fields = (
  names: string,
  bare: Record<string, Field> = {},
): Readonly<Record<string, Field>> => ({
  ...Object.fromEntries(names.split(" ").map((name) => [name, "any"])),
  ...bare,
});

/** Kinds whose inside is a plain value. */
export const LEAVES: ReadonlySet<string> = new Set([
  "A_Const",
  "A_Star",
  "String",
  "Integer",
  "Float",
  "Boolean",
  "BitString",
]);

export const SHAPES: Readonly<Record<string, Readonly<Record<string, Field>>>> = {
  SelectStmt: fields(
    "distinctClause targetList fromClause whereClause groupClause groupDistinct havingClause windowClause valuesLists sortClause limitOffset limitCount limitOption op all",
    { withClause: "WithClause", larg: "SelectStmt", rarg: "SelectStmt" },
  ),
  WithClause: fields("ctes recursive location"),
  CommonTableExpr: fields("ctename aliascolnames ctematerialized ctequery location"),
  ResTarget: fields("name val location"),
  ColumnRef: fields("fields location"),
  A_Expr: fields("kind name lexpr rexpr rexpr_list_start rexpr_list_end location"),
  BoolExpr: fields("boolop args location"),
  NullTest: fields("arg nulltesttype location"),
  BooleanTest: fields("arg booltesttype location"),
  FuncCall: fields(
    "funcname args agg_order agg_filter agg_within_group agg_star agg_distinct func_variadic funcformat location",
    { over: "WindowDef" },
  ),
  NamedArgExpr: fields("name arg argnumber location"),
  TypeCast: fields("arg location", { typeName: "TypeName" }),
  TypeName: fields("names typmods typemod arrayBounds location"),
  RangeVar: fields("schemaname relname inh relpersistence location", { alias: "Alias" }),
  RangeSubselect: fields("lateral subquery", { alias: "Alias" }),
  RangeFunction: fields("lateral ordinality is_rowsfrom functions", { alias: "Alias" }),
  JoinExpr: fields("jointype isNatural larg rarg usingClause quals", {
    alias: "Alias",
    join_using_alias: "Alias",
  }),
  Alias: fields("aliasname colnames"),
  SortBy: fields("node sortby_dir sortby_nulls location"),
  SubLink: fields("subLinkType testexpr operName subselect location"),
  CaseExpr: fields("arg args defresult location"),
  CaseWhen: fields("expr result location"),
  CoalesceExpr: fields("args location"),
  MinMaxExpr: fields("op args location"),
  A_ArrayExpr: fields("elements list_start list_end location"),
  A_Indices: fields("is_slice lidx uidx"),
  A_Indirection: fields("arg indirection"),
  RowExpr: fields("args row_format location"),
  WindowDef: fields(
    "name refname partitionClause orderClause frameOptions startOffset endOffset location",
  ),
  GroupingSet: fields("kind content location"),
  GroupingFunc: fields("args location"),
  SQLValueFunction: fields("op typmod location"),
  CollateClause: fields("arg collname location"),
  List: fields("items"),
};

const WRITES = "it changes rows, and only what reads runs here";

/** Why what is not above is refused, in words that go behind the name of it. */
export const REFUSED_KINDS: Readonly<Record<string, string>> = {
  InsertStmt: WRITES,
  UpdateStmt: WRITES,
  DeleteStmt: WRITES,
  MergeStmt: WRITES,
  LockingClause: "FOR UPDATE and FOR SHARE lock rows that others wait for",
  IntoClause: "INTO makes a table",
  VariableSetStmt: "SET changes settings",
  VariableShowStmt: "SHOW reads the server's settings, and some hold secrets",
  TransactionStmt: "transactions are begun and ended here, not by a statement",
  CopyStmt: "COPY reads and writes files and runs programs",
  DoStmt: "DO runs a program",
  CallStmt: "CALL runs a procedure",
  ExplainStmt: "ask for the plan with Explain, which runs nothing",
  ParamRef: "there are no parameters",
  RangeTableSample: "TABLESAMPLE is not offered",
};
