import {
  BATCH_UUID,
  FIRST_PERSON,
  FIRST_TENANT,
  OTHER_TENANT,
  prepareDebianPostgres,
} from "@scrapersky/embedded/fixtures";
import { describe, expect, test } from "vitest";
import { checkDrift } from "../../src/drift/index.ts";
import { migrate } from "../../src/migrate.ts";
import {
  adopt,
  backOf,
  type Kind,
  planOf,
  query,
  runScript,
  snapshot,
  useFirstSystem,
} from "./harness.ts";

const databases = useFirstSystem();
const hasDebian = await prepareDebianPostgres();

const KINDS: [string, Kind][] = [
  ["as superuser", {}],
  [
    "as an ordinary owner, ids as the last dump has them",
    { ordinary: true, batchIds: "uuid", parents: false },
  ],
  ["in a project of Supabase", { ordinary: true, supabase: true }],
  ["on Debian 15, as an ordinary owner", { debian: true, ordinary: true }],
  [
    "on Debian 15, in a project of Supabase",
    { debian: true, ordinary: true, supabase: true, batchIds: "uuid" },
  ],
];

describe.each(KINDS)("a database of the first system %s", (_, kind) => {
  describe.runIf(hasDebian || !kind.debian)("where that server is", () => {
    test("is adopted, and by its way back becomes exactly what it was", async () => {
      const database = await databases.create(kind);
      const before = await snapshot(database);
      const plan = await adopt(database);
      expect(plan).toMatchObject({ state: "first system", obstacles: [] });
      expect(await planOf(database)).toMatchObject({ state: "current", steps: [], obstacles: [] });

      await runScript(database, backOf(plan));
      expect(await snapshot(database)).toEqual(before);
      expect((await planOf(database)).fingerprint).toBe(plan.fingerprint);
    });

    test("migrates after it, without drift but for what others made", async () => {
      const database = await databases.create(kind);
      await adopt(database);
      const { recorded } = await migrate({ url: database.url });
      expect(recorded).toEqual(["0001_real_tables"]);
      const { differences } = await checkDrift(database);
      expect(differences.filter(({ what }) => !what.startsWith("trigger "))).toEqual([]);
    });
  });
});

describe("after an adoption", () => {
  test("each batch has a uuid, is found by each of its names, and jobs name it by that", async () => {
    const database = await databases.create();
    await adopt(database);
    const batches = await query(
      database,
      `select b.id, b.tenant_id::text as tenant, array(
         select n.name from app.batch_names n where n.batch_id = b.batch_id order by 1) as names
       from batch_jobs b order by b.id`,
    );
    expect(batches).toMatchObject([
      { id: 1, names: ["batch_20250512_0001"] },
      { id: 2, names: ["batch_20250512_0002"] },
      { id: 3, tenant: OTHER_TENANT, names: ["batch_20250512_0001", "import of May"] },
      { id: 4, names: [] },
      { id: 5, names: [BATCH_UUID.toUpperCase()] },
      { id: 6, names: ["batch_without_id"] },
      { id: 7, names: [] },
      { id: 8, names: ["Batch_Mixed "] },
      { id: 9, names: [] },
      { id: 10, names: ["{a1b2c3d4e5f64a7b8c9d0e1f2a3b4c5d}"] },
      { id: 11, names: [] },
    ]);
    const [own, tenth] = await query<{ batch_id: string }>(
      database,
      "select batch_id::text from batch_jobs where id in (4, 10) order by id",
    );
    expect([own?.batch_id, tenth?.batch_id]).toEqual([
      BATCH_UUID,
      "a1b2c3d4-e5f6-4a7b-8c9d-0e1f2a3b4c5d",
    ]);
    const jobs = await query<{ id: number; batch: number | null }>(
      database,
      "select j.id, b.id as batch from jobs j left join batch_jobs b using (batch_id) order by j.id",
    );
    // In the order of the fixture: exact, upper case, braces, blanks, other case, and those that name none.
    expect(jobs.map(({ batch }) => batch)).toEqual([
      1,
      2,
      4,
      5,
      4,
      1,
      8,
      null,
      null,
      null,
      2,
      null,
      8,
      3,
      null,
    ]);
  });

  test("what named no batch of its tenant is kept as it was", async () => {
    const database = await databases.create();
    await adopt(database);
    const kept = await query<{ key: string; was: { batch_id: string } }>(
      database,
      "select row_key as key, was from app.adopted_rows where step = 'batches' and table_name = 'public.jobs' order by id",
    );
    expect(Object.fromEntries(kept.map(({ key, was }) => [key, was.batch_id]))).toMatchObject({
      8: "batch_that_never_was",
      9: "import of May",
      102: "batch_20250512_0002",
      7: "BATCH_MIXED",
    });
  });

  test("roles are folded with their assignments, and nobody holds one in a tenant more than before", async () => {
    const database = await databases.create();
    await adopt(database);
    expect(await query(database, "select id, name, description from roles order by id")).toEqual([
      { id: 1, name: "USER", description: "Uses it" },
      { id: 2, name: "ADMIN", description: "Runs it" },
      { id: 3, name: "admin", description: null },
      { id: 8, name: "keeper", description: null },
    ]);
    const held = await query<{ held: string }>(
      database,
      `select concat_ws(' ', right(user_id::text, 1), r.name, coalesce(left(tenant_id::text, 1), 'everywhere')) as held
       from user_roles join roles r on r.id = role_id order by 1`,
    );
    expect(held.map((row) => row.held)).toEqual([
      "1 ADMIN 5",
      "2 USER b",
      "3 USER 5",
      "3 keeper b",
      "4 admin 5",
    ]);
    const members = await query<{ held: string }>(
      database,
      `select concat_ws(' ', right(user_id::text, 1), right(tenant_id::text, 1), coalesce(r.name, 'no role')) as held
       from user_tenants left join roles r on r.id = role_id order by 1`,
    );
    expect(members.map((row) => row.held)).toEqual([
      "1 0 ADMIN",
      "1 2 ADMIN",
      "2 2 USER",
      "2 3 USER",
      "3 3 USER",
      "4 0 admin",
      "4 2 admin",
    ]);
    const permissions = await query<{ name: string }>(
      database,
      `select p.name from role_permissions join permissions p on p.id = permission_id where role_id = 2 order by 1`,
    );
    expect(permissions.map(({ name }) => name)).toEqual(["edit_jobs", "view_jobs", "view_users"]);
    expect(
      await query(
        database,
        "select sidebar_name as name, minimum_role_id as role from sidebar_features order by 1",
      ),
    ).toEqual([
      { name: "Child", role: 1 },
      { name: "Jobs", role: 2 },
      { name: "Old", role: 1 },
    ]);
  });

  test("of doubled pages the curated, processed or latest one stands, with what it lacked and all who refer", async () => {
    const database = await databases.create();
    await adopt(database);
    const pages = await query(
      database,
      `select right(id::text, 3) as id, title, updated_at::text like '2025-05-01 %' as untouched,
         array(select right(id::text, 3) from contacts c where c.page_id = p.id order by 1) as contacts,
         array(select name from tasks t where t.page_id = p.id) as tasks,
         array(select label from page_labels l where l.page_id = p.id order by 1) as labels,
         (select count(*)::int from page_visits v where v.page_id = p.id) as visits
       from pages p order by 1`,
    );
    expect(pages).toMatchObject([
      {
        id: "101",
        title: "Home",
        untouched: true,
        contacts: ["101", "102"],
        tasks: ["Call"],
        labels: ["new", "old"],
        visits: 3,
      },
      { id: "104", title: "Contact", contacts: [], visits: 0 },
      { id: "106", title: "One", contacts: ["103", "104"], tasks: ["Write"], labels: ["new"] },
    ]);
    const merged = await query<{ went: string; stays: string }>(
      database,
      `select right(row_key, 3) as went, right(became, 3) as stays from app.adopted_rows
       where table_name = 'public.pages' and kind = 'merged' order by 1`,
    );
    expect(merged).toEqual([
      { went: "102", stays: "101" },
      { went: "103", stays: "101" },
      { went: "105", stays: "106" },
    ]);
  });

  test("views, policies and triggers on retyped columns are there as before", async () => {
    const database = await databases.create();
    await adopt(database);
    expect(await query(database, "select count(*)::int as rows from busy_batches")).toEqual([
      { rows: 5 },
    ]);
    expect(await query(database, "select id from named_batches")).toEqual([]);
    const [row] = await query<Record<string, unknown>>(
      database,
      `select obj_description('busy_batches'::regclass) as comment,
         (select count(*)::int from pg_policies where policyname = 'jobs_of_batch') as policies,
         (select count(*)::int from pg_trigger where tgname = 'jobs_batch_changed' and tgenabled = 'O') as triggers,
         (select count(*)::int from pg_indexes where indexname = 'batch_sizes_batch_id') as indexes`,
    );
    expect(row).toEqual({
      comment: "Batches with more than one job",
      policies: 1,
      triggers: 1,
      indexes: 1,
    });
  });

  test("jobs are shown to the tenant they name, and two tenants may have one domain", async () => {
    const database = await databases.create();
    await adopt(database);
    expect(await query(database, "select id from jobs where tenant_id_uuid is null")).toEqual([
      { id: 100 },
    ]);
    await runScript(
      database,
      `insert into domains (tenant_id, domain) values ('${OTHER_TENANT}', 'both.example'), ('${FIRST_TENANT}', 'both.example')`,
    );
  });

  test("a person of the first system is there with tenant, membership and role", async () => {
    const database = await databases.create({ supabase: true, ordinary: true });
    await adopt(database);
    await migrate({ url: database.url });
    const [person] = await query(
      database,
      `select p.email, r.name as role, s.slug from profiles p join user_tenants ut on ut.user_id = p.id and ut.tenant_id = p.tenant_id
       join roles r on r.id = ut.role_id join app.tenant_slugs s on s.tenant_id = p.tenant_id
       join auth.users u on u.id = p.id where p.id = '${FIRST_PERSON.id}'`,
    );
    expect(person).toEqual({ email: FIRST_PERSON.email, role: "ADMIN", slug: "default" });
  });
});
