import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import { createDatabase, executeRawSql } from "@scrapersky/db";
import {
  addProfileTrigger,
  makeFirstSystem,
  unreadableAccounts,
  useVariants,
  type Variant,
  type VariantDatabase,
} from "@scrapersky/testing/fixtures";
import { pino } from "pino";
import { afterEach, describe, expect, test } from "vitest";
import { startServer } from "../src/server.ts";

// From nothing to a signed-in owner, as an operator goes: the commands as they are built, then the link.

const run = promisify(execFile);
const commands = join(import.meta.dirname, "../../cli/dist");
const variants = await useVariants();
const WEB_URL = "http://127.0.0.1:3000";
const PASSWORD = "a password of her own";
/** Commands in processes of their own, on a machine that may be busy. */
const TIMEOUT_MS = 120_000;

const undo: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const step of undo.splice(0).reverse()) await step();
});

/** Types a command, and reads what it prints for programs. */
async function type<T>(database: VariantDatabase, program: "db" | "staff", ...args: string[]) {
  const env = {
    PATH: process.env["PATH"],
    HOME: process.env["HOME"],
    DATABASE_URL: database.url,
    DATABASE_MIGRATION_URL: database.directUrl,
    DATABASE_MODE: database.url === database.directUrl ? "auto" : "transaction",
    WEB_URL,
  };
  const line = [join(commands, `${program}.js`), ...args, "--json"];
  const { stdout } = await run(process.execPath, line, { env });
  return JSON.parse(stdout) as T;
}

async function serve(database: VariantDatabase): Promise<string> {
  const server = await startServer(
    {
      DATABASE_URL: database.url,
      DATABASE_MODE: database.url === database.directUrl ? "auto" : "transaction",
      API_PORT: 0,
      API_HOST: "127.0.0.1",
      WEB_URL,
      AUTH_SECRET: "a secret of forty characters for the test",
    },
    pino({ level: "silent" }),
  );
  undo.push(() => server.close());
  return server.url;
}

const send = (url: string, body: unknown, headers: Record<string, string> = { origin: WEB_URL }) =>
  fetch(url, {
    method: "POST",
    headers: { "content-type": "application/json", ...headers },
    body: JSON.stringify(body),
  });

/** Opens a link as the dashboard does, and says who is signed in then. */
async function signInBy(api: string, link: string) {
  const token = new URL(link).hash.slice(1);
  const answer = await send(`${api}/api/auth/sign-in/link`, { token, password: PASSWORD });
  expect(answer.status).toBe(200);
  const cookie = answer.headers
    .getSetCookie()
    .map((one) => one.split(";")[0])
    .join("; ");
  const me = await fetch(`${api}/api/trpc/profiles.me`, { headers: { cookie } });
  return ((await me.json()) as { result: { data: Record<string, unknown> } }).result.data;
}

/** The same steps everywhere; what is special about a database was done before. */
async function makeOwner(database: VariantDatabase) {
  const { slug } = await type<{ slug: string }>(
    database,
    "staff",
    "tenant",
    "create",
    "Grün & Söhne",
  );
  const add = ["add", "Grete@Example.com", "--tenant", slug, "--role", "owner", "--name", "Grete"];
  const added = await type<{ profileId: string; email: string; link: string }>(
    database,
    "staff",
    ...add,
  );
  const api = await serve(database);
  expect(await signInBy(api, added.link)).toMatchObject({
    id: added.profileId,
    email: "grete@example.com",
    name: "Grete",
    role: "owner",
    tenant: { slug: "grun-sohne", name: "Grün & Söhne" },
  });
  const again = await send(`${api}/api/auth/sign-in/email`, {
    email: added.email,
    password: PASSWORD,
  });
  expect(again.status).toBe(200);
  return { api, slug, ...added };
}

/** A program with a key of its own submits, lists and reads, and is in no list of people. */
async function useKey(database: VariantDatabase, api: string, tenant: string): Promise<void> {
  const scopes = "batches:create,batches:read,batches:cancel,jobs:read,profiles:read";
  const { key } = await type<{ key: string }>(
    database,
    ...([
      "staff",
      "key",
      "create",
      "--tenant",
      tenant,
      "--name",
      "CRM",
      "--scopes",
      scopes,
    ] as const),
  );
  const headers = { authorization: `Bearer ${key}` };
  const rest = await send(
    `${api}/api/v3/batch_page_scraper/batch`,
    { domains: ["one.example"] },
    headers,
  );
  const { batch_id: batchId } = (await rest.json()) as { batch_id: string };
  const status = await fetch(`${api}/api/v3/batch_page_scraper/batch/${batchId}/status`, {
    headers,
  });
  expect([rest.status, status.status]).toEqual([200, 200]);
  const cancel = await send(`${api}/api/trpc/batches.cancel`, { batchId }, headers);
  expect(cancel.status).toBe(200);
  const jobs = await fetch(`${api}/api/v3/jobs`, { headers });
  expect(await jobs.json()).toMatchObject({ data: [{ status: "cancelled" }] });
  const people = await fetch(`${api}/api/v3/profiles`, { headers });
  expect(await people.json()).toMatchObject({ data: [{ email: "grete@example.com" }] });
}

const find = (postgres: Variant["postgres"], role: Variant["role"], way: Variant["way"]): Variant =>
  variants.list.find((one) => one.postgres === postgres && one.role === role && one.way === way)!;

describe.each<[name: string, variant: Variant]>([
  ["the embedded one", find("embedded 18", "superuser", "directly")],
  ["Debian 15 directly", find("Debian 15", "ordinary owner", "directly")],
  ["Debian 15 behind PgBouncer", find("Debian 15", "ordinary owner", "through PgBouncer")],
])("on an empty database, %s", (_name, variant) => {
  test.runIf(variant.available)(
    "a tenant, an owner and a key are made and work",
    async () => {
      const database = await variants.createDatabase(variant);
      await type(database, "db", "migrate");
      const { api, slug } = await makeOwner(database);
      await useKey(database, api, slug);
      const { people } = await type<{ people: unknown[] }>(database, "staff", "list");
      expect(people).toMatchObject([{ email: "grete@example.com", hasPassword: true }]);
    },
    TIMEOUT_MS,
  );
});

const supabase = find("Debian 15", "ordinary owner", "directly");

describe.runIf(supabase.available)("on a project of Supabase, as its ordinary owner", () => {
  const open = async () => {
    const database = await variants.createDatabase(supabase, { supabase: true });
    await type(database, "db", "migrate");
    return database;
  };
  const rowsOf = async (database: VariantDatabase, sql: string) => {
    const { db, close } = createDatabase({ url: database.adminUrl, max: 1 });
    try {
      return await executeRawSql(db, sql);
    } finally {
      await close();
    }
  };

  test.each([
    ["", false],
    [" with the usual trigger", true],
  ])(
    "that is empty%s, the owner has an account as GoTrue writes it, and signs in",
    async (_what, withTrigger) => {
      const database = await open();
      if (withTrigger) await addProfileTrigger(database);
      const { api, slug, profileId } = await makeOwner(database);
      await useKey(database, api, slug);
      expect(await rowsOf(database, unreadableAccounts)).toEqual([]);
      expect(await rowsOf(database, "select id, email from auth.users")).toEqual([
        { id: profileId, email: "grete@example.com" },
      ]);
      // The tenant that stood in for the default one while the trigger ran is gone.
      expect(await rowsOf(database, "select count(*)::int as n from tenants")).toEqual([{ n: 1 }]);
    },
    TIMEOUT_MS,
  );

  test(
    "with rows of the first system, adopted, who was there is found, made owner, and signs in",
    async () => {
      const database = await variants.createDatabase(supabase, { supabase: true });
      await makeFirstSystem(database);
      await expect(type(database, "db", "migrate")).rejects.toMatchObject({
        stdout: expect.stringContaining("npm run db -- adopt"),
      });
      await type(database, "db", "adopt", "--apply", "--confirm", database.name);
      await type(database, "db", "migrate");

      const { tenants } = await type<{ tenants: { slug: string }[] }>(
        database,
        "staff",
        "tenant",
        "list",
      );
      expect(tenants.map(({ slug }) => slug)).toEqual(["default", "second", "third"]);
      const ada = "Ada@first.example";
      await type(database, "staff", "role", ada, "--tenant", "default", "--role", "owner");
      const { profileId, link } = await type<{ profileId: string; link: string }>(
        database,
        "staff",
        "link",
        ada,
      );
      const api = await serve(database);
      expect(await signInBy(api, link)).toMatchObject({
        id: profileId,
        email: "ada@first.example",
        name: "Ada",
        role: "owner",
        tenant: { slug: "default", name: "Default" },
      });
      // And somebody new, beside them.
      const add = ["add", "grete@example.com", "--tenant", "second", "--role", "owner"];
      const added = await type<{ link: string }>(database, "staff", ...add);
      expect(await signInBy(api, added.link)).toMatchObject({
        role: "owner",
        tenant: { slug: "second" },
      });
    },
    TIMEOUT_MS,
  );
});
