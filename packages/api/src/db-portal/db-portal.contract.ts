import { z } from "zod";
import { idText } from "../id.contract.ts";
import { SQL_NAME_LENGTH_MAX } from "../wire.contract.ts";

/** Characters of a statement. */
export const SQL_TEXT_LENGTH_MAX = 20_000;
/** Statements that one person keeps. */
export const SAVED_SQL_MAX = 100;
/** Runs that the history tells. */
export const SQL_HISTORY_MAX = 50;
/** Runs at once: of one person, and of everybody. */
export const SQL_RUNS_AT_ONCE = { person: 2, all: 6 } as const;
export const SAMPLE_ROWS = { max: 100, default: 20 } as const;
/** Of a schema, a point and a table. */
const TABLE_NAME_LENGTH_MAX = 127;

const sql = z.string().max(SQL_TEXT_LENGTH_MAX);

export const sqlInput = z.object({
  sql,
  /** Names the run for whoever may want to cancel it; a new one each time. */
  runId: idText,
});
export type SqlInput = z.output<typeof sqlInput>;

export const runIdInput = z.object({ runId: idText });

export const saveSqlInput = z.object({
  name: z.string().trim().min(1).max(SQL_NAME_LENGTH_MAX),
  sql: sql.min(1),
});
export type SaveSql = z.output<typeof saveSqlInput>;

export const savedSqlIdInput = z.object({ savedId: idText });

export const tableInput = z.object({
  /** With its schema: `public.jobs`. */
  table: z.string().max(TABLE_NAME_LENGTH_MAX),
});

export const sampleInput = tableInput.extend({
  limit: z.int().min(1).max(SAMPLE_ROWS.max).default(SAMPLE_ROWS.default),
});
export type SampleInput = z.output<typeof sampleInput>;

/** A table of the product's schemas. */
export interface DbTable {
  schema: string;
  table: string;
  /** About so many; null where Postgres has not counted. */
  rows: number | null;
  /** With indexes and large values. */
  bytes: number;
  columns: number;
  /** Whether its rows can be read: the others hold what lets people in, or what nobody needs. */
  shown: boolean;
}

export interface DbTableDetail extends Omit<DbTable, "columns"> {
  columns: {
    name: string;
    type: string;
    nullable: boolean;
    default: string | null;
    /** Its values are never told. */
    masked: boolean;
  }[];
  indexes: {
    name: string;
    definition: string;
    bytes: number;
    /** How often it was used since Postgres began to count. */
    scans: number;
    valid: boolean;
  }[];
  refersTo: { name: string; definition: string }[];
  referredBy: { name: string; table: string; definition: string }[];
}

export interface DbSample {
  columns: { name: string; masked: boolean }[];
  /** Values as Postgres prints them, cut at 500 characters. */
  rows: (string | null)[][];
}

/** Whether read-only SQL can run here, and what to do where it cannot. */
export interface SqlState {
  on: boolean;
  why: string | null;
  /** Statements for whoever may make roles, or a command. */
  mend: string | null;
  limits: { timeMs: number; rows: number; bytes: number; temporaryBytes: number };
  /** What a statement may name. */
  tables: { name: string; columns: string[] }[];
}

export interface SqlColumn {
  name: string;
  /** As Postgres prints it. */
  type: string;
}

/** Why there is no answer. */
export interface SqlRefusal {
  runId: string;
  outcome: "refused" | "failed";
  /** In a sentence, for whoever wrote the statement. */
  says: string;
  /** Where in the text, in characters from 1. */
  position: number | null;
  elapsedMs: number;
}

export type SqlAnswer =
  | {
      runId: string;
      outcome: "answered";
      columns: SqlColumn[];
      /** Values as Postgres prints them. */
      rows: (string | null)[][];
      /** There are more rows than are told. */
      truncated: boolean;
      elapsedMs: number;
    }
  | SqlRefusal;

/** A step of a plan, with those that it takes its rows from. */
export interface PlanNode {
  /** Such as `Index Scan on jobs using jobs_pkey`. */
  what: string;
  /** What Postgres expects, in its own unit and in rows. */
  cost: number;
  rows: number;
  /** Conditions and keys, a line each. */
  notes: string[];
  children: PlanNode[];
}

export type PlanAnswer =
  | { runId: string; outcome: "answered"; plan: PlanNode; elapsedMs: number }
  | SqlRefusal;

export interface SqlRun {
  runId: string;
  kind: "query" | "explain";
  sql: string;
  /** Null while it runs, and of one whose api died. */
  outcome: "answered" | "refused" | "failed" | null;
  says: string | null;
  rows: number | null;
  elapsedMs: number | null;
  startedAt: string;
}

export interface SavedSql {
  savedId: string;
  name: string;
  sql: string;
  createdAt: string;
}
