// The words of an adoption: what is planned, for people and for programs. Plain JSON.

/** Rows that something is decided about. */
export interface Decision {
  /** One sentence: which rows, and what becomes of them. */
  says: string;
  /** What the owner can do before, to have it otherwise. */
  otherwise: string | undefined;
  count: number;
  /** At most three of them, in words. */
  examples: string[];
  /** SQL that lists all of them as they are now. */
  see: string;
}

/** One entry of the numbered list. */
export interface AdoptionStep {
  /** As `app.adopted_rows.step` has it. */
  name: string;
  title: string;
  decisions: Decision[];
  /** Tables that are locked for everybody while the script runs. */
  locks: string[];
  /** Tables that are written anew as a whole: they need as much room again. */
  rewrites: string[];
  /** What changes beside rows, one line each. */
  changes: string[];
  /** In order. */
  statements: string[];
}

/** What adoption would do to a database, and what comes after it. */
export interface AdoptionPlan {
  database: string;
  /** `empty`: without our tables; `current`: nothing to adopt. */
  state: "empty" | "current" | "first system";
  steps: AdoptionStep[];
  /** What nobody but the owner can mend, before anything is done. */
  obstacles: string[];
  /** Differences that stay, because nothing of ours fails by them. */
  remains: string[];
  /** Migrations that `migrate` will run or record afterwards. */
  migrations: string[];
  /** Rows that go, by table: each is kept in `app.adopted_rows`. */
  merged: Record<string, number>;
  /** Of everything the plan says and of the rows it speaks of. */
  fingerprint: string;
}

/** A step while it is being planned. */
export interface PlannedStep {
  name: string;
  title: string;
  asks: Question[];
  /** Rows are written even when no question finds one. */
  always: boolean;
  /** Tables it alters, or whose rows it changes. */
  touches: string[];
  rewrites: string[];
  changes: string[];
  /** Temporary tables that say which rows; made before any row changes. */
  maps: string[];
  rows: string[];
  shape: string[];
  /** What undoes the shape, what undoes the rows, and what can only be had again after all rows. */
  backShape: string[];
  backRows: string[];
  backEnd: string[];
  /** Rows it takes away, and adds, by table. */
  merged: Record<string, number>;
  /** Rows it puts aside, which are counted by a query. */
  aside: { table: string; see: string }[];
}

/** A question to the database: which rows a decision is about. */
export interface Question {
  says: (count: number) => string;
  otherwise?: string;
  /** It is told only: nothing is done about its rows. */
  tells?: boolean;
  /** A query, with CTEs in front where it needs some; each row has `example` as text. */
  see: string;
}

export const emptyStep = (name: string, title: string): PlannedStep => ({
  name,
  title,
  asks: [],
  always: false,
  touches: [],
  rewrites: [],
  changes: [],
  maps: [],
  rows: [],
  shape: [],
  backShape: [],
  backRows: [],
  backEnd: [],
  merged: {},
  aside: [],
});
