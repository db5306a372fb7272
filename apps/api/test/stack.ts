import { Writable } from "node:stream";
import { HEADERS } from "@scrapersky/api/contract";
import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createTestDatabase } from "@scrapersky/testing/database";
import { pino } from "pino";
import { inject } from "vitest";
import type { SeededAccess } from "@scrapersky/api/demo";
import { type ApiServer, type ServerSettings, startServer } from "../src/server.ts";

export const WEBHOOKS_KEY = "what secrets of webhooks are made of in tests";
export const WEB_URL = "http://127.0.0.1:3000";

/** The api listening on loopback, on a seeded database of its own. */
export interface Stack {
  url: string;
  server: ApiServer;
  database: Database;
  databaseUrl: string;
  /** Everything that was logged, as it was written. */
  logged(): string;
  user(email: string): SeededAccess;
  /** Asks with the key of this person, or with none. */
  get(path: string, email?: string, headers?: Record<string, string>): Promise<Response>;
  post(
    path: string,
    body: unknown,
    email?: string,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** The same by any method. */
  send(
    method: string,
    path: string,
    body: unknown,
    email?: string,
    headers?: Record<string, string>,
  ): Promise<Response>;
  rows<T extends object>(sql: string, params?: Record<string, unknown>): Promise<T[]>;
  close(): Promise<void>;
}

/** Somewhere to log to, and everything that was logged there, as it was written. */
export function collectLog(): { sink: Writable; logged(): string } {
  const lines: string[] = [];
  const sink = new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
  return { sink, logged: () => lines.join("") };
}

/** No test calls as often, but for the one that is about it. */
const NO_LIMITS = { LIMIT_KEY: 100_000, LIMIT_PERSON: 100_000, LIMIT_ADDRESS: 100_000 };

let callers = 0;

/**
 * Headers of a caller from an address of its own. Sign-ins of one address are counted by the process, and so
 * over all files that it tests.
 */
export const ownAddress = (): Record<string, string> => ({
  [HEADERS.clientAddress]: `198.51.100.${++callers}`,
});

export async function startStack(settings: Partial<ServerSettings> = {}): Promise<Stack> {
  const clone = await createTestDatabase();
  const database = createDatabase({ url: clone.url, max: 2 });
  const users = inject("seededUsers");
  const { sink, logged } = collectLog();
  const server = await startServer(
    {
      DATABASE_URL: clone.url,
      API_PORT: 0,
      API_HOST: "127.0.0.1",
      WEB_URL,
      AUTH_SECRET: "a secret of forty characters for the test",
      WEBHOOKS_KEY,
      ...NO_LIMITS,
      ...settings,
    },
    pino({ level: "debug" }, sink),
  );
  const address = ownAddress();
  const user = (email: string): SeededAccess => {
    const found = users.find((one) => one.email === email);
    if (!found) throw new Error(`nobody is called ${email}`);
    return found;
  };
  const bearer = (email: string | undefined): Record<string, string> =>
    email === undefined ? {} : { authorization: `Bearer ${user(email).apiKey}` };
  const send: Stack["send"] = (method, path, body, email, headers = {}) =>
    fetch(server.url + path, {
      method,
      headers: {
        "content-type": "application/json",
        ...address,
        ...bearer(email),
        ...headers,
      },
      body: typeof body === "string" ? body : JSON.stringify(body),
    });
  return {
    url: server.url,
    server,
    database,
    databaseUrl: clone.url,
    logged,
    user,
    get: (path, email, headers = {}) =>
      fetch(server.url + path, { headers: { ...bearer(email), ...headers } }),
    send,
    post: (...asked) => send("POST", ...asked),
    rows: (sql, params = {}) => executeRawSql(database.db, sql, params),
    async close() {
      await server.close();
      await database.close();
      await clone.drop();
    },
  };
}

export const OWNER = "owner@skyline.example";
export const VIEWER = "viewer@skyline.example";
export const FAR_OWNER = "owner@harbor.example";
