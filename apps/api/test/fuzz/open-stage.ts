import { createBatchWatcher, watchHealth } from "@scrapersky/api";
import type { SeededAccess } from "@scrapersky/api/demo";
import { createDatabase, type Db, type Tx } from "@scrapersky/db";
import { createMetricsDoor, Registry } from "@scrapersky/db/observe";
import { createQueue } from "@scrapersky/queue";
import { pino } from "pino";
import { createApp } from "../../src/app.ts";
import { createAuth } from "../../src/auth/auth.ts";
import { createPasswordTurns } from "../../src/auth/password-turns.ts";
import { createSharedLookup } from "../../src/auth/shared-lookup.ts";
import { createSharedRights } from "../../src/auth/shared-rights.ts";
import type { Services } from "../../src/http/app-env.ts";
import { createTrust } from "../../src/http/trusted-proxies.ts";
import { createLimits } from "../../src/limit/create-limits.ts";
import { addRows, type Ask, findForeign, FOREIGN_WORD } from "./add-rows.ts";
import type { Answer } from "./judge-answer.ts";
import { readAnswer, Outgoing } from "./read-answer.ts";

const NEAR = "owner@skyline.example";
const FAR = "owner@harbor.example";
const STAFF = "platform@skyline.example";
const WEB_URL = "http://127.0.0.1:3000";
const NO_LIMITS = {
  LIMIT_KEY: 0,
  LIMIT_KEY_BURST: 0,
  LIMIT_PERSON: 0,
  LIMIT_ADDRESS: 0,
  LIMIT_STREAMS: 0,
};

/** The whole door without its socket, on a database with rows of two tenants. */
export interface Stage {
  /** Ids of rows of both tenants, by the names of fields that take them. */
  ids: ReadonlyMap<string, readonly string[]>;
  /** What nobody of the near tenant may be told. */
  foreign: { pattern: RegExp; values: ReadonlySet<string> };
  /** Asks as an owner of the near tenant, or as the platform's staff; what it does is undone. */
  ask(as: "owner" | "staff", path: string, init: RequestInit): Promise<Answer>;
  /** The same for what does nothing, and reads beside the call. */
  watch(as: "owner" | "staff", path: string, init: RequestInit): Promise<Answer>;
  close(): Promise<void>;
}

/**
 * @param url a migrated and seeded database that nobody else uses
 * @param users whom its seed made
 */
export async function openStage(url: string, users: readonly SeededAccess[]): Promise<Stage> {
  const database = createDatabase({ url, max: 4 });
  let logged = "";
  const log = pino({ level: "error" }, { write: (line: string) => (logged ||= line) });
  const queue = createQueue(database);
  const watcher = createBatchWatcher(database.db);
  const limits = createLimits(database.db, log, NO_LIMITS);
  let db: Db = database.db;
  const services: Services = {
    get database() {
      return { ...database, db };
    },
    get reading() {
      return db;
    },
    health: watchHealth(database, { version: "test" }),
    queue,
    watcher,
    auth: createAuth({
      db,
      secret: "a secret of forty characters for the test",
      webUrl: WEB_URL,
      log,
    }),
    webUrl: WEB_URL,
    mail: null,
    webhooksKey: "what secrets of webhooks are made of in tests",
    supabase: { tokens: undefined, passwords: undefined },
    log,
    metrics: createMetricsDoor(new Registry(), undefined),
    presence: { leaving: false, token: undefined },
    isTraced: false,
    onAnswered: undefined,
    ...limits,
    isTrusted: createTrust([]),
    rights: createSharedRights(),
    lookup: createSharedLookup(),
    passwordTurn: createPasswordTurns(),
  };
  const app = createApp(services);

  const send = async (email: string, path: string, init: RequestInit): Promise<Answer> => {
    const key = users.find((one) => one.email === email)?.apiKey ?? "";
    const headers = { authorization: `Bearer ${key}`, ...(init.headers as object) };
    const outgoing = new Outgoing();
    logged = "";
    const answer = await readAnswer(
      await app.request(path, { ...init, headers }, { outgoing }),
      outgoing,
    );
    return { ...answer, logged };
  };
  const asked =
    (email: string): Ask =>
    async (name, input) => {
      const body = JSON.stringify(input);
      const headers = { "content-type": "application/json" };
      const answer = await send(email, `/api/trpc/${name}`, { method: "POST", headers, body });
      if (answer.status !== 200) throw new Error(`${name}: ${answer.text}`);
      return (JSON.parse(answer.text) as { result: { data: never } }).result.data;
    };
  const ids = new Map<string, string[]>();
  for (const [email, word] of [
    [FAR, FOREIGN_WORD],
    [NEAR, "sunrise"],
  ] as const) {
    for (const [name, id] of await addRows(database, asked(email), { email, word })) {
      ids.set(name, [...(ids.get(name) ?? []), id]);
    }
  }
  const foreign = await findForeign(database, ids.get("tenantId")?.[0] ?? "");

  const emailOf = (as: "owner" | "staff") => (as === "owner" ? NEAR : STAFF);
  return {
    ids,
    foreign,
    watch: (as, ...of) => send(emailOf(as), ...of),
    async ask(as, ...of) {
      let answer: Answer | undefined;
      const undo = new Error("rolled back");
      await database.db
        .transaction(async (tx) => {
          db = Object.assign(tx, { transaction: tx.savepoint }) as Tx & Db;
          answer = await send(emailOf(as), ...of);
          throw undo;
        })
        .catch((error: unknown) => {
          if (error !== undo) throw error;
        })
        .finally(() => (db = database.db));
      return answer!;
    },
    async close() {
      watcher.close();
      limits.streams.close();
      await database.close();
    },
  };
}
