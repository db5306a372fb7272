import { randomUUID } from "node:crypto";
import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { createQueue, type Queue } from "@scrapersky/queue";
import { createTestDatabase } from "@scrapersky/testing/database";
import {
  type Actor,
  type BatchWatcher,
  type Procedures,
  type Context,
  createBatchWatcher,
  proceduresFor,
  findActor,
  type RoleName,
  ROLES,
  watchHealth,
} from "../src/index.ts";

export const WEBHOOKS_KEY = "what secrets of webhooks are made of in tests";

/** Two tenants with one person of every role each, on a database of their own. */
export interface World {
  database: Database;
  queue: Queue;
  watcher: BatchWatcher;
  tenants: { near: Tenant; far: Tenant };
  /** A person of a tenant as the procedures see them. */
  actor(tenant: Tenant, role: RoleName): Promise<Actor>;
  /** Procedures as that person calls them. */
  caller(tenant: Tenant, role: RoleName, overrides?: Partial<Context>): Promise<Procedures>;
  context(overrides: Partial<Context>): Context;
  rows<T extends object>(sql: string, params?: Record<string, unknown>): Promise<T[]>;
  close(): Promise<void>;
}

export interface Tenant {
  id: string;
  slug: string;
  people: Record<RoleName, string>;
}

export interface WorldOptions {
  max?: number;
  /** The way to a database of this name, where it is not the direct one. */
  urlOf?: (name: string) => string;
}

export async function createWorld(options: WorldOptions = {}): Promise<World> {
  const clone = await createTestDatabase();
  const url = options.urlOf?.(clone.name) ?? clone.url;
  const database = createDatabase({ url, max: options.max ?? 8 });
  const queue = createQueue(database);
  const watcher = createBatchWatcher(database.db, { intervalMs: 20 });
  const rows = <T extends object>(sql: string, params: Record<string, unknown> = {}) =>
    executeRawSql<T>(database.db, sql, params);
  const near = await createTenant(rows, "near");
  const far = await createTenant(rows, "far");

  const watched = watchHealth(database, { version: "test" });
  const context = (overrides: Partial<Context>): Context => ({
    db: database.db,
    database,
    health: watched,
    queue,
    watcher,
    actor: null,
    actorNow: () => Promise.resolve(overrides.actor ?? null),
    isForeignTenant: false,
    webUrl: "http://dashboard.example",
    mail: null,
    webhooksKey: WEBHOOKS_KEY,
    requestId: "test-request",
    source: "trpc",
    ...overrides,
  });
  const actor = async (tenant: Tenant, role: RoleName): Promise<Actor> => {
    const found = await findActor(database.db, {
      profileId: tenant.people[role],
      tenant: tenant.slug,
    });
    if (!found) throw new Error(`no ${role} in ${tenant.slug}`);
    return found;
  };
  return {
    database,
    queue,
    watcher,
    tenants: { near, far },
    actor,
    context,
    caller: async (tenant, role, overrides = {}) =>
      proceduresFor(context({ actor: await actor(tenant, role), ...overrides })),
    rows,
    async close() {
      watcher.close();
      await database.close();
      await clone.drop();
    },
  };
}

async function createTenant(rows: World["rows"], slug: string): Promise<Tenant> {
  const id = randomUUID();
  const people = {} as Record<RoleName, string>;
  await rows("insert into tenants (id, name) values (:id::uuid, :slug)", { id, slug });
  await rows("insert into app.tenant_slugs (tenant_id, slug) values (:id::uuid, :slug)", {
    id,
    slug,
  });
  for (const role of Object.keys(ROLES) as RoleName[]) {
    people[role] = randomUUID();
    const person = { profile: people[role], id, role, email: `${role}@${slug}.example` };
    await rows(
      `insert into profiles (id, tenant_id, name, email, active, role)
       values (:profile::uuid, :id::uuid, :role, :email, true, 'USER')`,
      person,
    );
    await rows(
      `insert into user_tenants (user_id, tenant_id, role_id)
       select :profile::uuid, :id::uuid, r.id from roles r where r.name = :role`,
      { profile: person.profile, id, role },
    );
  }
  return { id, slug, people };
}
