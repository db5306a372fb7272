import type { PlanNode } from "./db-portal.contract.ts";

/** What EXPLAIN gives as JSON, as far as it is told. */
interface Said {
  "Node Type"?: string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "CTE Name"?: string;
  "Function Name"?: string;
  "Join Type"?: string;
  Strategy?: string;
  "Total Cost"?: number;
  "Plan Rows"?: number;
  Plans?: Said[];
  [note: string]: unknown;
}

/** Lines that say why a step costs what it does, in the order in which they are read. */
const NOTES = [
  "Index Cond",
  "Recheck Cond",
  "Hash Cond",
  "Merge Cond",
  "Join Filter",
  "Filter",
  "Sort Key",
  "Group Key",
  "Subplan Name",
] as const;

/** The plan as a tree, from the one value that EXPLAIN answers with. */
export function planOf(json: string): PlanNode {
  const [top] = JSON.parse(json) as { Plan: Said }[];
  if (top === undefined) throw new Error("EXPLAIN gave no plan: it gives one for each statement");
  return toNode(top.Plan);
}

function toNode(said: Said): PlanNode {
  const on = said["Relation Name"] ?? said["CTE Name"] ?? said["Function Name"];
  const by = said["Index Name"];
  const join = said["Join Type"];
  return {
    what: [
      said["Node Type"] ?? "Step",
      join !== undefined && join !== "Inner" && `(${join})`,
      on !== undefined && `on ${on}`,
      by !== undefined && `using ${by}`,
    ]
      .filter(Boolean)
      .join(" "),
    cost: said["Total Cost"] ?? 0,
    rows: said["Plan Rows"] ?? 0,
    notes: NOTES.flatMap((name) => {
      const value = said[name];
      if (value === undefined) return [];
      return [`${name}: ${Array.isArray(value) ? value.join(", ") : String(value)}`];
    }),
    children: (said.Plans ?? []).map(toNode),
  };
}
