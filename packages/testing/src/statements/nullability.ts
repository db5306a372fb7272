// Whether a column of a statement can be NULL, as far as its tree shows it. What is not known may be NULL.
import { isNode, nodesOf, type Tree, type TreeNode } from "./node-tree.ts";

/** What the catalogue says of what a tree names by number. */
export interface Names {
  /** `<table's oid> <column's number>` of columns that are never NULL. */
  notNull: ReadonlySet<string>;
  functions: ReadonlyMap<string, string>;
  operators: ReadonlyMap<string, string>;
}

/** NULL only when an argument is. */
const TOTAL_FUNCTIONS = new Set(
  (
    "abs btrim ceil concat date_part date_trunc extract float8 floor format hashtextextended int4 jsonb_set length " +
    "lower ltrim make_interval md5 pg_try_advisory_xact_lock quote_ident random round rtrim text timezone " +
    "to_json to_jsonb trunc upper"
  ).split(" "),
);
const NEVER_NULL_FUNCTIONS = new Set(
  (
    "array_remove clock_timestamp current_database current_schemas gen_random_uuid json_build_array json_build_object " +
    "jsonb_build_array jsonb_build_object now num_nonnulls pg_advisory_xact_lock pg_backend_pid pg_is_in_recovery " +
    "statement_timestamp transaction_timestamp"
  ).split(" "),
);
const TOTAL_OPERATORS = new Set(
  "= <> < > <= >= + - * / % || ~ ~* !~ !~* ~~ !~~ ~~* !~~* @> <@ && ? ?| ?&".split(" "),
);
const COUNTS = new Set(["count", "row_number", "rank", "dense_rank", "ntile"]);
/** Of at least one row they are never NULL, whatever is in it. */
const COLLECTS = new Set(["array_agg", "json_agg", "jsonb_agg"]);
/** Of at least one row they are NULL only when all values are. */
const CHOOSES = new Set(["max", "min", "sum", "avg", "bool_and", "bool_or", "string_agg"]);

/** A query, and those around it from the inside out. */
type Scope = readonly [TreeNode, ...TreeNode[]];

const WRAPPED: Record<string, string> = {
  RELABELTYPE: "arg",
  COERCEVIAIO: "arg",
  ARRAYCOERCEEXPR: "arg",
  COLLATEEXPR: "arg",
  COERCETODOMAIN: "arg",
};
const NEVER = new Set([
  "ARRAYEXPR",
  "BOOLEANTEST",
  "DISTINCTEXPR",
  "NULLTEST",
  "ROWEXPR",
  "SQLVALUEFUNCTION",
]);

export const outputOf = ({ fields }: TreeNode): TreeNode[] =>
  nodesOf(fields["commandType"] === "1" ? fields["targetList"] : fields["returningList"]).filter(
    (entry) => entry.fields["resjunk"] !== "true",
  );

/** Whether the column of a query's answer with this number, from 0, can be NULL. */
export function columnMayBeNull(query: TreeNode, index: number, names: Names): boolean {
  return outputMayBeNull([query], index, names);
}

function outputMayBeNull(scope: Scope, index: number, names: Names): boolean {
  const [query] = scope;
  const { setOperations } = query.fields;
  if (isNode(setOperations)) return branchMayBeNull(scope, setOperations, index, names);
  const entry = outputOf(query)[index];
  return entry === undefined || mayBeNull(entry.fields["expr"], scope, names);
}

/** Of a UNION and its like: a column of any branch. */
function branchMayBeNull(scope: Scope, part: TreeNode, index: number, names: Names): boolean {
  if (part.tag === "RANGETBLREF") {
    const table = tableAt(scope[0], part.fields["rtindex"]);
    const subquery = table?.fields["subquery"];
    return !isNode(subquery) || outputMayBeNull([subquery, ...scope], index, names);
  }
  return [part.fields["larg"], part.fields["rarg"]].some(
    (side) => !isNode(side) || branchMayBeNull(scope, side, index, names),
  );
}

const tableAt = (query: TreeNode, number: Tree | undefined): TreeNode | undefined =>
  nodesOf(query.fields["rtable"])[Number(number) - 1];

function mayBeNull(tree: Tree | undefined, scope: Scope, names: Names): boolean {
  if (!isNode(tree)) return true;
  const { tag, fields } = tree;
  const may = (one: Tree | undefined) => mayBeNull(one, scope, names);
  const any = (list: Tree | undefined) => nodesOf(list).some(may);
  const all = (list: Tree | undefined) => nodesOf(list).every(may);
  if (NEVER.has(tag)) return false;
  if (WRAPPED[tag] !== undefined) return may(fields[WRAPPED[tag]]);
  switch (tag) {
    case "CONST":
      return fields["constisnull"] === "true";
    case "VAR":
      return variableMayBeNull(tree, scope, names);
    case "COALESCEEXPR":
    case "MINMAXEXPR":
      return all(fields["args"]);
    case "BOOLEXPR":
      return any(fields["args"]);
    case "CASEEXPR":
      return (
        may(fields["defresult"]) ||
        nodesOf(fields["args"]).some((when) => may(when.fields["result"]))
      );
    case "OPEXPR":
      return (
        !TOTAL_OPERATORS.has(names.operators.get(String(fields["opno"])) ?? "") ||
        any(fields["args"])
      );
    case "FUNCEXPR": {
      const name = names.functions.get(String(fields["funcid"])) ?? "";
      // A cast, written or not.
      const cast = ["1", "2"].includes(String(fields["funcformat"])) && name !== "jsonb cast";
      const total = TOTAL_FUNCTIONS.has(name) || cast;
      return !NEVER_NULL_FUNCTIONS.has(name) && (!total || any(fields["args"]));
    }
    case "AGGREF":
    case "WINDOWFUNC":
      return aggregateMayBeNull(tree, scope, names);
    case "SUBLINK":
      return subqueryMayBeNull(tree, scope, names);
    default:
      return true;
  }
}

function aggregateMayBeNull({ fields }: TreeNode, scope: Scope, names: Names): boolean {
  const name = names.functions.get(String(fields["aggfnoid"] ?? fields["winfnoid"])) ?? "";
  if (COUNTS.has(name)) return false;
  const everyRow =
    nodesOf(scope[0].fields["groupClause"]).length > 0 && fields["aggfilter"] === null;
  if (!everyRow) return true;
  if (COLLECTS.has(name)) return false;
  const values = nodesOf(fields["args"]).map((entry) => entry.fields["expr"]);
  return !CHOOSES.has(name) || values.some((value) => mayBeNull(value, scope, names));
}

const EXISTS = "0";
const ONE_VALUE = "4";
const ARRAY = "6";

function subqueryMayBeNull({ fields }: TreeNode, scope: Scope, names: Names): boolean {
  const { subLinkType, subselect } = fields;
  if (subLinkType === EXISTS || subLinkType === ARRAY) return false;
  if (subLinkType !== ONE_VALUE || !isNode(subselect)) return true;
  const { hasAggs, groupClause, havingQual, limitCount, limitOffset } = subselect.fields;
  const open =
    nodesOf(groupClause).length > 0 || [havingQual, limitCount, limitOffset].some(isNode);
  // Without groups an aggregate gives one row, whatever there is.
  const givesOneRow = hasAggs === "true" && !open;
  return !givesOneRow || outputMayBeNull([subselect, ...scope], 0, names);
}

const RELATION = "0";
const SUBQUERY = "1";
const JOIN = "2";
const FUNCTION = "3";
const VALUES = "5";
const CTE = "6";
const GROUP = "9";

function variableMayBeNull({ fields }: TreeNode, all: Scope, names: Names): boolean {
  const scope = outwards(all, Number(fields["varlevelsup"]));
  const table = scope && tableAt(scope[0], fields["varno"]);
  if (scope === undefined || table === undefined) return true;
  // Emptied by an outer join: a set of joins, `(b)` when there is none.
  const emptiedBy = fields["varnullingrels"];
  if (Array.isArray(emptiedBy) && emptiedBy.length > 1) return true;
  const number = Number(fields["varattno"]);
  const entry = table.fields;
  const aliased = (list: Tree | undefined) =>
    mayBeNull(Array.isArray(list) ? list[number - 1] : undefined, scope, names);
  switch (entry["rtekind"]) {
    case RELATION:
      return number > 0 && !names.notNull.has(`${String(entry["relid"])} ${number}`);
    case SUBQUERY:
      return (
        !isNode(entry["subquery"]) ||
        outputMayBeNull([entry["subquery"], ...scope], number - 1, names)
      );
    case JOIN:
      return aliased(entry["joinaliasvars"]);
    case GROUP:
      return aliased(entry["groupexprs"]);
    case FUNCTION:
      // WITH ORDINALITY counts in the last column.
      return !(entry["funcordinality"] === "true" && number === columnCount(entry["eref"]));
    case VALUES:
      return (
        !Array.isArray(entry["values_lists"]) ||
        entry["values_lists"].some((row) =>
          mayBeNull(Array.isArray(row) ? row[number - 1] : undefined, scope, names),
        )
      );
    case CTE:
      return cteMayBeNull(entry, scope, number - 1, names);
    default:
      return true;
  }
}

const columnCount = (alias: Tree | undefined): number => {
  const columns = isNode(alias) ? alias.fields["colnames"] : undefined;
  return Array.isArray(columns) ? columns.length : 0;
};

function cteMayBeNull(
  { ctename, ctelevelsup, self_reference: recursive }: TreeNode["fields"],
  all: Scope,
  index: number,
  names: Names,
): boolean {
  const scope = outwards(all, Number(ctelevelsup));
  const found = nodesOf(scope?.[0].fields["cteList"]).find(
    (one) => one.fields["ctename"] === ctename,
  );
  const query = found?.fields["ctequery"];
  if (scope === undefined || recursive === "true" || !isNode(query)) return true;
  return outputMayBeNull([query, ...scope], index, names);
}

function outwards(scope: Scope, levels: number): Scope | undefined {
  const [query, ...around] = scope.slice(levels);
  return query === undefined ? undefined : [query, ...around];
}
