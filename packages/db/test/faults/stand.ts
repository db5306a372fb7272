import { type EmbeddedPostgres, startTemporaryPostgres } from "@scrapersky/embedded";
import { type PgBouncer, startPgBouncer } from "@scrapersky/embedded/pgbouncer";
import { createDatabase, type Database, executeRawSql } from "../../src/index.ts";
import { type FaultProxy, startFaultProxy } from "../session/fault-proxy.ts";

type Config = Parameters<typeof createDatabase>[0];

export type Way = "directly" | "through PgBouncer" | "through PgBouncer in session mode";

/** A server, a pooler before it, and a fault proxy before whichever of the two is tested. */
export interface Stand {
  server: EmbeddedPostgres;
  bouncer: PgBouncer | undefined;
  proxy: FaultProxy;
  /** Past proxy and pooler, for looking at what really happened. */
  direct: Database;
  /** Through proxy and pooler. Closed by `closeOpened`. */
  open(overrides?: Partial<Config>): Database;
  closeOpened(): Promise<void>;
  /** The id of a row that no other test writes. */
  nextId(): number;
  present(id: number): Promise<boolean>;
  /** Backends other than the looking one that are in a transaction. */
  openTransactions(): Promise<number>;
  stop(): Promise<void>;
}

export async function startStand(way: Way): Promise<Stand> {
  const server = await startTemporaryPostgres({
    settings: { max_connections: "100", deadlock_timeout: "50ms" },
  });
  const target = { host: server.host, port: server.port, user: server.user };
  const bouncer =
    way === "directly"
      ? undefined
      : await startPgBouncer({
          target,
          ...(way === "through PgBouncer"
            ? { poolSize: 4 }
            : { poolSize: 20, poolMode: "session" }),
        });
  const proxy = await startFaultProxy((bouncer ?? server).port);
  const direct = createDatabase({ url: server.url, max: 2 });
  await executeRawSql(direct.db, "create table note (id int primary key, body text)");
  const opened: Database[] = [];
  let lastId = 0;
  return {
    server,
    bouncer,
    proxy,
    direct,
    open(overrides = {}) {
      const database = createDatabase({
        url: `postgresql://${server.user}@127.0.0.1:${proxy.port}/postgres`,
        max: 4,
        statementTimeoutMs: 10_000,
        ...overrides,
      });
      opened.push(database);
      return database;
    },
    async closeOpened() {
      await Promise.all(opened.splice(0).map((each) => each.close({ drainMs: 100 })));
      Object.assign(proxy, {
        blackHole: false,
        silent: false,
        hangUp: false,
        drip: false,
        admit: undefined,
        onRequest: undefined,
        onAnswer: undefined,
        limit: undefined,
      });
    },
    nextId: () => ++lastId,
    present: async (id) =>
      (await executeRawSql(direct.db, "select 1 from note where id = :id", { id })).length === 1,
    openTransactions: async () =>
      (
        await executeRawSql(
          direct.db,
          "select 1 from pg_stat_activity where state like 'idle in transaction%' and pid <> pg_backend_pid()",
        )
      ).length,
    async stop() {
      await direct.close();
      await proxy.close();
      await bouncer?.stop();
      await server.stop();
    },
  };
}
