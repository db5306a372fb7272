import { once } from "node:events";
import { executeRawSql } from "@scrapersky/db";
import { expect, test } from "vitest";
import { type OpenDatabase, openMigrated } from "../databases.ts";
import { runCommand, startCommand } from "./run-command.ts";

/** Domains whose ids are in the order of their numbers. */
const DOMAINS = 450;
const EARLIER = `
  insert into tenants (id, name) values ('00000000-0000-4000-8000-000000000000', 'Near');
  insert into domains (id, tenant_id, domain, email_addresses)
  select ('00000000-0000-4000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, '00000000-0000-4000-8000-000000000000',
    'site-' || n || '.example', array['info@site-' || n || '.example']
  from generate_series(1, ${DOMAINS}) n;`;

const rowsOf = <T extends object>({ db }: OpenDatabase, sql: string) => executeRawSql<T>(db, sql);

const countLeads = async (database: OpenDatabase): Promise<number | undefined> =>
  (await rowsOf<{ count: number }>(database, "select count(*)::int as count from app.leads"))[0]
    ?.count;

test("killed in the middle it has lost nothing, and goes on where it was", async () => {
  const database = await openMigrated(EARLIER);
  const settings = { DATABASE_URL: database.url };
  await database.db
    .transaction(async (tx) => {
      // Somebody else makes the lead of a domain in the third chunk: the command has to wait for that.
      await executeRawSql(
        tx,
        `insert into app.leads (domain_id, tenant_id, domain, display_domain, first_scan, last_scan)
         select id, tenant_id, domain, domain, now(), now() from domains where domain = 'site-420.example'`,
      );
      const { child } = startCommand(["leads"], settings);
      await expect
        .poll(() =>
          rowsOf(
            database,
            "select from pg_stat_activity where application_name = 'scrapersky leads' and cardinality(pg_blocking_pids(pid)) > 0",
          ),
        )
        .toHaveLength(1);
      child.kill("SIGKILL");
      await once(child, "close");
      throw new Error("undone");
    })
    .catch((error: Error) => expect(error.message).toBe("undone"));
  expect(await countLeads(database)).toBe(400);

  const { code, stdout, stderr } = await runCommand(["leads", "--json"], settings);
  expect(stderr).toBe("50 of 50\n");
  expect({ code, ...JSON.parse(stdout) }).toEqual({
    code: 0,
    command: "leads",
    ok: true,
    leads: 50,
    unread: 0,
    chosen: 0,
    left: 0,
  });
  expect(await countLeads(database)).toBe(DOMAINS);
  expect(await rowsOf(database, "select count(*)::int as emails from app.lead_emails")).toEqual([
    { emails: DOMAINS },
  ]);
});

test("it says what it did, what could not be read, what is left, and that there is nothing to do", async () => {
  const database = await openMigrated(
    `${EARLIER} delete from domains where domain not in ('site-1.example', 'site-2.example');
     update domains set phone_numbers = array['call us'] where domain = 'site-1.example';`,
  );
  const settings = { DATABASE_URL: database.url };
  await database.db.transaction(async (tx) => {
    await executeRawSql(tx, "select from domains where domain = 'site-2.example' for update");
    expect(await runCommand(["leads"], settings)).toEqual({
      code: 1,
      stdout: "",
      stderr:
        "1 of 2\n1 domain has its lead now. 1 of their values could not be read and stay in the domain's own columns. 1 were in use: run it again.\n",
    });
  });
  expect(await runCommand(["leads"], settings)).toMatchObject({
    code: 0,
    stdout: "1 domain has its lead now.\n",
  });
  expect(await runCommand(["leads"], settings)).toMatchObject({
    code: 0,
    stdout: "Every domain that was scanned has its lead.\n",
  });
});

test("progress is told at most twenty times", async () => {
  const database = await openMigrated(EARLIER.replaceAll(String(DOMAINS), "4200"));
  const { stderr } = await runCommand(["leads"], { DATABASE_URL: database.url });
  const lines = stderr.trim().split("\n");
  expect(lines).toHaveLength(20);
  expect(lines.at(-1)).toBe("4200 of 4200");
});
