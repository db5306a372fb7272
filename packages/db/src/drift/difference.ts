import type { Obstacle } from "./obstacles.ts";

/**
 * - `breaking`: something the product does will fail, or read wrong values, for certain.
 * - `harmful`: it runs, but rows can go wrong, be refused in some cases, or be found slowly.
 * - `harmless`: nothing the product does will notice.
 */
export type Severity = "breaking" | "harmful" | "harmless";

/** One thing in which database and schema disagree. */
export interface Difference {
  kind: "missing" | "unexpected" | "different";
  severity: Severity;
  /** What it is about: `column jobs.error`, `index jobs.app_jobs_batch_id_status`. */
  what: string;
  /** One plain sentence: what differs, and what breaks by it. */
  sentence: string;
  /**
   * SQL that would bring the database to the schema; a comment where no statement can. Never run. Where
   * rows are in the way it fits them, and says what has to be done with them first.
   */
  mend: string;
  /** Rows that a plain statement would fail on; absent where there are none, or nobody counted. */
  inTheWay?: RowsInTheWay;
  /** What the schema declares; undefined when it knows nothing of it. */
  expected: string | undefined;
  /** What the database has; undefined when it lacks it. */
  found: string | undefined;
}

export interface RowsInTheWay {
  /** Null where counting took too long, or needs a right that the role lacks. */
  rows: number | null;
  /** What is with them, behind "3 rows": `hold null in tenants.name`. */
  why: string;
  /** Three of them at most: the values that do not fit, or their ids. */
  examples: string[];
}

/** A difference before `kind`, which follows from what is expected and what was found. */
export interface Finding extends Omit<Difference, "kind" | "inTheWay"> {
  /** What can stand in the way of `mend`. */
  obstacle?: Obstacle | undefined;
}

export function toDifference(finding: Finding): Difference {
  const { severity, what, sentence, mend, expected, found } = finding;
  const kind =
    expected === undefined ? "unexpected" : found === undefined ? "missing" : "different";
  return { kind, severity, what, sentence, mend, expected, found };
}
