import { createServiceKey, PERMISSIONS } from "@scrapersky/api/services";
import { createDatabase, type Database, executeRawSql } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue } from "@scrapersky/queue";
import { createCaller, submit } from "../product.ts";

const PEOPLE = 40;

/** A tenant with people, and a program's key for it. */
export interface Ground {
  database: Database;
  tenantId: string;
  key: string;
  /** Creates a batch of so many sites. */
  submit(domains: string[]): Promise<string>;
}

/** Fills a database that is empty. */
export async function layGround(url: string): Promise<Ground> {
  await migrate({ url });
  const database = createDatabase({ url, max: 4 });
  const { db } = database;
  await installQueue(database);
  const caller = await createCaller(database, createQueue(database));
  const { tenantId } = caller.actor;
  const of = { tenantId };
  await executeRawSql(
    db,
    "insert into app.tenant_slugs (tenant_id, slug) values (:tenantId::uuid, 'benchmark')",
    of,
  );
  await executeRawSql(
    db,
    `with people as (
       insert into profiles (id, tenant_id, name, email, role, active, created_at)
       select gen_random_uuid(), :tenantId::uuid, 'Person ' || n, 'person-' || n || '@bench.example', 'USER', true,
         now() - n * interval '1 day'
       from generate_series(1, ${PEOPLE}) n returning id
     )
     insert into user_tenants (user_id, tenant_id, role_id)
     select people.id, :tenantId::uuid, roles.id from people, roles where roles.name = 'viewer'`,
    of,
  );
  const scopes = Object.keys(PERMISSIONS).filter((name) => !name.startsWith("platform:"));
  const author = { actor: null, source: "cli" } as const;
  const made = await db.transaction((tx) =>
    createServiceKey(tx, author, { tenantId, name: "Benchmark", scopes }),
  );
  await executeRawSql(db, "vacuum analyze");
  return {
    database,
    tenantId,
    key: made.key,
    submit: (domains) => submit(database, caller, { domains, maxPages: 1, maxConcurrent: 32 }),
  };
}
