import {
  type Actor,
  type Context,
  createBatchWatcher,
  createWaits,
  findApiKeyGrant,
  serviceActorOf,
  watchHealth,
} from "@scrapersky/api";
import { createDatabase, type Database } from "@scrapersky/db";
import { createQueue } from "@scrapersky/queue";

/** Connections of every contender. */
export const CONNECTIONS = 10;

/** What another server needs to serve the router: a database, and who calls by the same rules of keys. */
export interface Served {
  database: Database;
  contextOf(request: Request): Promise<Context>;
}

/** Opens a database for a server that is not ours. */
export function openServed(url: string): Served {
  const database = createDatabase({ url, max: CONNECTIONS });
  const { db } = database;
  const queue = createQueue(database);
  const watcher = createBatchWatcher(db);
  const health = watchHealth(database, { version: "benchmark", waits: createWaits() });
  const callerOf = async (request: Request): Promise<Actor | null> => {
    const [, key = ""] = /^Bearer (\S+)$/.exec(request.headers.get("authorization") ?? "") ?? [];
    const grant = await findApiKeyGrant(db, key);
    if (!grant?.account || !("serviceAccountId" in grant.holder)) return null;
    const { holder, account, scopes, keyId } = grant;
    return serviceActorOf(account, { ...holder, scopes, keyId });
  };
  return {
    database,
    async contextOf(request) {
      const actor = await callerOf(request);
      return {
        db,
        database,
        health,
        queue,
        watcher,
        actor,
        actorNow: () => Promise.resolve(actor),
        isForeignTenant: false,
        webUrl: "http://127.0.0.1",
        mail: null,
        webhooksKey: null,
        requestId: crypto.randomUUID(),
        source: "trpc",
      };
    },
  };
}
