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
  /** SQL that would bring the database to the schema; a comment where no statement can. Never run. */
  mend: string;
  /** What the schema declares; undefined when it knows nothing of it. */
  expected: string | undefined;
  /** What the database has; undefined when it lacks it. */
  found: string | undefined;
}

/** A difference before `kind`, which follows from what is expected and what was found. */
export type Finding = Omit<Difference, "kind">;

export function toDifference(finding: Finding): Difference {
  const { expected, found } = finding;
  const kind =
    expected === undefined ? "unexpected" : found === undefined ? "missing" : "different";
  return { kind, ...finding };
}
