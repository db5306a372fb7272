import type { Database } from "../session/database.ts";
import { DatabaseError, findDatabaseError } from "../session/errors/database-error.ts";
import type { Apart } from "../session/scope/apart.ts";
import type { Executor } from "../session/scope/raw-sql.ts";
import { quotedName } from "../session/sql/quoted-name.ts";
import { findHeld, type Held, watchTemporary } from "./hold-temporary.ts";
import { READER } from "./make-reader.ts";
import { shownTables } from "./shown-tables.ts";

/** What one run may take. */
export interface PortalLimits {
  timeMs: number;
  rows: number;
  bytes: number;
  /** Of temporary files: what is sorted and joined beyond memory. */
  temporaryBytes: number;
}

const MB = 1024 * 1024;

export const PORTAL_LIMITS: PortalLimits = {
  timeMs: 5_000,
  rows: 1_000,
  bytes: 2 * MB,
  temporaryBytes: 512 * MB,
};

export interface PortalColumn {
  name: string;
  /** As Postgres prints it. */
  type: string;
}

/** What came of a run. The words are for whoever wrote the statement. */
export type PortalAnswer =
  | {
      outcome: "answered";
      columns: PortalColumn[];
      /** Values as Postgres prints them. */
      rows: (string | null)[][];
      /** There were more rows than the limit. */
      truncated: boolean;
      elapsedMs: number;
    }
  | {
      outcome: "failed";
      why: "statement" | "time" | "size" | "cancelled" | "off" | "away";
      says: string;
      position: number | null;
      elapsedMs: number;
    };

interface Run {
  /** Was judged: see `judgeSql`. */
  text: string;
  /** What it reads. */
  tables: readonly string[];
  kind: "query" | "explain";
  limits?: PortalLimits;
  signal?: AbortSignal | undefined;
  /** By which it is watched where the server does not hold it to all limits. */
  executor: Executor;
}

const OPEN_TIMEOUT_MS = 3_000;

/** What the role has to be for anything to run: it cannot write, and cannot become anybody who can. */
const UNSAFE = `select r.rolsuper or r.rolcreaterole or r.rolcreatedb or r.rolreplication or r.rolbypassrls
  or exists (select from pg_catalog.pg_auth_members m where m.member = r.oid)
  or exists (
    select from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
    where n.nspname in ('public', 'app') and c.relkind in ('r', 'p', 'v', 'm', 'f')
      and has_table_privilege(c.oid, 'insert, update, delete, truncate')
  )
  from pg_catalog.pg_roles r where r.rolname = current_user`;

/**
 * Runs a judged statement on a connection that is opened for it and ended after it: as the reading role, in a transaction
 * that only reads, over views of what may be seen. Those are made for it and never committed, so they are in nobody's way.
 */
export async function runPortalSql(
  database: Pick<Database, "apart">,
  { text, tables, kind, limits = PORTAL_LIMITS, signal, executor }: Run,
): Promise<PortalAnswer> {
  const since = performance.now();
  const elapsed = () => Math.round(performance.now() - since);
  const overfull = new AbortController();
  const stop = signal ? AbortSignal.any([signal, overfull.signal]) : overfull.signal;
  let watched: (() => void) | undefined;
  try {
    return await database.apart(async (connection) => {
      if (signal?.aborted) throw new DatabaseError("aborted", "the caller gave up");
      const held = await findHeld(connection, limits.temporaryBytes, {
        timeoutMs: OPEN_TIMEOUT_MS,
      });
      const off = await enter(connection, tables, { limits, held });
      if (off !== undefined) {
        return { outcome: "failed", why: "off", says: off, position: null, elapsedMs: elapsed() };
      }
      if (!held.byServer) {
        const { pid } = held;
        const asked = { pid, bytes: limits.temporaryBytes };
        watched = watchTemporary(executor, asked, () => overfull.abort());
      }
      const began = performance.now();
      const left = () => Math.max(1, limits.timeMs - (performance.now() - began));
      const how = () => ({ single: true, timeoutMs: left(), bytesMax: limits.bytes, signal: stop });
      const ask =
        kind === "explain"
          ? async () => connection.run(`${EXPLAIN}${text}`, how())
          : async () => {
              await connection.run(`${DECLARE}${text}`, how());
              return connection.run(`fetch ${limits.rows + 1} from portal_rows`, how());
            };
      const result = await ask();
      const elapsedMs = Math.round(performance.now() - began);
      const types = await typesOf(connection, result.columns ?? []);
      return {
        outcome: "answered",
        columns: (result.columns ?? []).map(({ name, type }) => ({
          name,
          type: types.get(type) ?? "",
        })),
        rows: Array.from(result.slice(0, limits.rows), (row) => row.map(cellOf)),
        truncated: result.length > limits.rows,
        elapsedMs,
      };
    });
  } catch (error) {
    const fault = findDatabaseError(error);
    if (fault === undefined) throw error;
    const reason = overfull.signal.aborted ? tooMuch(limits) : reasonOf(fault, limits, kind);
    return { outcome: "failed", ...reason, elapsedMs: elapsed() };
  } finally {
    watched?.();
  }
}

const EXPLAIN = "explain (format json) ";
const DECLARE = "declare portal_rows no scroll cursor for ";

/** @returns why nothing runs, in a sentence */
async function enter(
  connection: Apart,
  tables: readonly string[],
  { limits, held }: { limits: PortalLimits; held: Held },
): Promise<string | undefined> {
  const how = { timeoutMs: OPEN_TIMEOUT_MS };
  const views = await viewsOf(connection, tables);
  try {
    await connection.run(
      `begin transaction read write;
       set local lock_timeout = 1000;
       ${views}
       set transaction read only;
       set local statement_timeout = ${Math.ceil(limits.timeMs) + 500};
       set local idle_in_transaction_session_timeout = 10000;
       set local jit = off;
       ${held.set ?? ""}
       set local max_parallel_workers_per_gather = 0;
       set local search_path = pg_catalog, pg_temp;
       set local role ${READER}`,
      how,
    );
  } catch (error) {
    const state = findDatabaseError(error)?.sqlstate;
    // No such role, or none that this login may become; or no temporary views.
    if (["22023", "42704", "42501"].includes(state ?? "")) {
      return `The role ${READER} cannot be used.`;
    }
    throw error;
  }
  const [[unsafe] = []] = await connection.run(UNSAFE, how);
  return unsafe === false ? undefined : `The role ${READER} may do more than read.`;
}

/** Of the columns that may be seen, as far as the live tables have them. */
async function viewsOf(connection: Apart, tables: readonly string[]): Promise<string> {
  const wanted = shownTables().filter(({ table }) => tables.includes(table));
  if (wanted.length === 0) return "";
  const names = wanted.map(({ schema, table }) => `'${schema}.${table}'`);
  const live = await connection.run(
    `select n.nspname || '.' || c.relname, a.attname::text
     from pg_catalog.pg_class c join pg_catalog.pg_namespace n on n.oid = c.relnamespace
     join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where n.nspname || '.' || c.relname in (${names.join(", ")})`,
    { timeoutMs: OPEN_TIMEOUT_MS },
  );
  const there = new Set(live.map(([table, column]) => `${String(table)}.${String(column)}`));
  return wanted
    .map(({ schema, table, columns }) => {
      const read = columns.filter((column) => there.has(`${schema}.${table}.${column}`));
      const view = `pg_temp.${quotedName(table)}`;
      return `create temporary view ${quotedName(table)} as select ${read.map(quotedName).join(", ")}
        from ${quotedName(schema)}.${quotedName(table)};
       grant select on ${view} to ${READER};`;
    })
    .join("\n");
}

async function typesOf(
  connection: Apart,
  columns: readonly { type: number }[],
): Promise<Map<number, string>> {
  const oids = [...new Set(columns.map(({ type }) => type))];
  if (oids.length === 0) return new Map();
  const rows = await connection.run(
    `select t::text, pg_catalog.format_type(t, null) from unnest(array[${oids.join(",")}]::oid[]) t`,
    { timeoutMs: OPEN_TIMEOUT_MS },
  );
  return new Map(rows.map(([oid, name]) => [Number(oid), String(name)]));
}

function cellOf(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  if (Buffer.isBuffer(value)) return `\\x${value.toString("hex")}`;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

type Reason = Pick<Extract<PortalAnswer, { outcome: "failed" }>, "why" | "says" | "position">;

function reasonOf(fault: DatabaseError, limits: PortalLimits, kind: Run["kind"]): Reason {
  const because = (why: Reason["why"], says: string): Reason => ({ why, says, position: null });
  const { sqlstate, server } = fault;
  if (fault.kind === "aborted") return because("cancelled", "It was cancelled.");
  if (fault.kind === "statement_timeout" || sqlstate === "57014") {
    return because("time", `It took longer than ${limits.timeMs / 1000} s and was stopped.`);
  }
  if (sqlstate === TEMPORARY_LIMIT) return tooMuch(limits);
  if (fault.kind === "resources" && sqlstate === undefined) {
    return because(
      "size",
      `The answer is larger than ${sizeOf(limits.bytes)}: ask for fewer rows or columns.`,
    );
  }
  if (server === undefined) return because("away", `${fault.message}.`);
  const before = (kind === "explain" ? EXPLAIN : DECLARE).length;
  const place = server.position === undefined ? null : server.position - before;
  const hint = server.hint === undefined ? "" : ` ${server.hint}`;
  return {
    why: "statement",
    says: `${server.message}.${hint}`,
    position: place !== null && place > 0 ? place : null,
  };
}

/** configuration_limit_exceeded */
const TEMPORARY_LIMIT = "53400";

const tooMuch = ({ temporaryBytes }: PortalLimits): Reason => ({
  why: "size",
  says: `It sorts or joins more than ${sizeOf(temporaryBytes)}: narrow what it reads.`,
  position: null,
});

const sizeOf = (bytes: number): string => (bytes >= MB ? `${bytes / MB} MB` : `${bytes} bytes`);
