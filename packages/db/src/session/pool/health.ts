import { AsyncLocalStorage } from "node:async_hooks";
import type { SlotOptions } from "../config/pool-options.ts";
import { adviceFor } from "../errors/advice.ts";
import { DatabaseError, findDatabaseError } from "../errors/database-error.ts";
import type { StatementResult } from "../sql/results.ts";
import { Slot } from "../wire/slot.ts";
import { leavesOutStartup } from "./opener.ts";
import { Reconnect } from "./reconnect.ts";

/** Longest a health check waits for its one statement. */
export const HEALTH_TIMEOUT_MS = 2_000;
const CHECK = `select pg_is_in_recovery() as replica,
  current_setting('transaction_read_only') = 'on' as read_only,
  current_setting('server_version') as version`;

export interface HealthResult {
  ok: boolean;
  latencyMs: number;
  /** Kind of the fault, without host, user or server text. */
  reason: string | undefined;
  /** The fault in a sentence, and what to do about it; neither holds a value. */
  says?: string | undefined;
  advice?: string | undefined;
  /** True when the server follows another one; undefined while it is not known. */
  replica?: boolean | undefined;
  /** True when the server refuses writes. */
  readOnly?: boolean | undefined;
  /** Such as `18.3`. */
  serverVersion?: string | undefined;
}

/** What sits between this process and the server. */
export interface Pooler {
  kind: "none" | "pgbouncer" | "supavisor" | "unknown";
  version?: string | undefined;
  /** Connections to the server that it has for this database and user; undefined where it does not tell. */
  poolSize?: number | undefined;
}

/** Whatever hangs, and whatever is tried again, is over by then: the statement's own time, and what it takes to give one up. */
const HEALTH_MS_MAX = HEALTH_TIMEOUT_MS + 500;

const silent: HealthResult = {
  ok: false,
  latencyMs: HEALTH_MS_MAX,
  reason: "statement_timeout",
  says: "no answer came in time",
  advice: adviceFor("statement_timeout"),
};

/** What comes of a look within its time; after that `otherwise`. */
function inTime<T>(look: Promise<T>, otherwise: T): Promise<T> {
  const { promise, resolve } = Promise.withResolvers<T>();
  const timer = setTimeout(() => resolve(otherwise), HEALTH_MS_MAX);
  return Promise.race([look, promise]).finally(() => clearTimeout(timer));
}

/**
 * Looks at both ways, and at what stands on the pooled one, side by side: one that hangs holds up no other.
 * @param identify asked once the pooled way has answered
 */
export async function lookAtWays(ways: {
  pooled: Promise<HealthResult>;
  direct: Promise<HealthResult>;
  identify: (through: HealthResult) => Promise<Pooler>;
}): Promise<{ pooled: HealthResult; direct: HealthResult; pooler: Pooler }> {
  const [pooled, direct, pooler] = await Promise.all([
    inTime(ways.pooled, silent),
    inTime(ways.direct, silent),
    inTime<Pooler>(ways.pooled.then(ways.identify), { kind: "unknown" }),
  ]);
  return { pooled, direct, pooler };
}

/** Runs the check over any way to the database. Never throws. */
export async function checkHealth(
  run: (text: string) => Promise<StatementResult>,
): Promise<HealthResult> {
  const start = performance.now();
  const latencyMs = () => Math.round((performance.now() - start) * 10) / 10;
  try {
    const [row] = await run(CHECK);
    return {
      ok: true,
      latencyMs: latencyMs(),
      reason: undefined,
      replica: row?.["replica"] === true,
      readOnly: row?.["read_only"] === true,
      serverVersion: String(row?.["version"]).split(" ")[0],
    };
  } catch (error) {
    const fault = findDatabaseError(error);
    const { kind: reason = "other", message: says, advice } = fault ?? {};
    return { ok: false, latencyMs: latencyMs(), reason, says, advice };
  }
}

/**
 * The check over a new connection of its own: one at a time, whoever asks, and after a failure not
 * before a pool would try again. Until then the last result stands.
 */
export function createDirectCheck(options: SlotOptions): () => Promise<HealthResult> {
  const reconnect = new Reconnect();
  let checking: Promise<HealthResult> | undefined;
  let last: HealthResult | undefined;
  const connect = async (text: string): Promise<StatementResult> => {
    const slot = new Slot({ ...options, connectTimeoutMs: HEALTH_TIMEOUT_MS });
    try {
      const result = await slot.run(text, [], { timeoutMs: HEALTH_TIMEOUT_MS, name: "health" });
      reconnect.worked();
      return result;
    } catch (error) {
      if (leavesOutStartup(options, error)) return connect(text);
      if (error instanceof DatabaseError) reconnect.failed(error, performance.now());
      throw error;
    } finally {
      await slot.close();
    }
  };
  return async () => {
    if (last && reconnect.waitMs(performance.now()) > 0) return last;
    checking ??= checkHealth(connect).finally(() => {
      checking = undefined;
    });
    last = await checking;
    return last;
  };
}

const outsideRequests = AsyncLocalStorage.snapshot();

const isSupabase = (host: string) => host.endsWith(".pooler.supabase.com");

/**
 * Kind and version of the pooler, as far as it tells: PgBouncer answers on its own database
 * `pgbouncer`, or refuses in its own words.
 */
export async function identifyPooler(options: SlotOptions, behindPooler: boolean): Promise<Pooler> {
  if (!behindPooler) return { kind: "none" };
  if (isSupabase(options.host)) return { kind: "supavisor" };
  const slot = new Slot({
    ...options,
    database: "pgbouncer",
    startup: {},
    connectTimeoutMs: HEALTH_TIMEOUT_MS,
  });
  try {
    // Its console takes a command and nothing else, so no comment of the request goes before it.
    const [row] = await outsideRequests(() =>
      slot.run("show version", [], { timeoutMs: HEALTH_TIMEOUT_MS }),
    );
    const version = /\d+(\.\d+)+/.exec(String(row?.["version"]))?.[0];
    return { kind: "pgbouncer", version, poolSize: await askPoolSize(slot, options.database) };
  } catch (error) {
    if (!(error instanceof DatabaseError)) return { kind: "unknown" };
    const speaksLikePgBouncer = error.pooler === "pgbouncer" || error.sqlstate === "08P01";
    return { kind: error.pooler ?? (speaksLikePgBouncer ? "pgbouncer" : "unknown") };
  } finally {
    await slot.close();
  }
}

/** PgBouncer lists a database that its `*` entry serves once somebody has connected to it. */
async function askPoolSize(slot: Slot, database: string): Promise<number | undefined> {
  const rows = await slot
    .run("show databases", [], { timeoutMs: HEALTH_TIMEOUT_MS })
    .catch(() => []);
  const size = Number(rows.find((row) => row["name"] === database)?.["pool_size"]);
  return size > 0 ? size : undefined;
}
