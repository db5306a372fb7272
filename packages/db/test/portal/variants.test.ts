import { describe, expect, test } from "vitest";
import { migrate } from "../../src/migrate.ts";
import { findPortalState, runPortalSql } from "../../src/portal/index.ts";
import { executeRawSql } from "../../src/index.ts";
import { runScript, useVariants } from "../schema/harness.ts";

const variants = await useVariants();

// A superuser needs nobody to lend it the role: the other tests are one.
for (const variant of variants.list.filter(({ role }) => role === "ordinary owner")) {
  describe.runIf(variant.available)(`on ${variant.name}`, () => {
    test("a project of Supabase has its rows read, once the role is lent where it has to be", async () => {
      const database = await variants.create(variant, { supabase: true });
      await migrate({ url: database.directUrl });
      const state = await findPortalState(database.db);
      if (!state.on) await runScript(database.adminUrl, state.mend!);
      await executeRawSql(database.db, "insert into tenants (name) values ('One')");
      // As projects of Supabase have it; nobody but the owner of the table sees its rows then.
      await executeRawSql(database.db, "alter table tenants enable row level security");
      const ask = (text: string) =>
        runPortalSql(database, { text, tables: ["tenants"], kind: "query", executor: database.db });
      expect(await ask("select name from tenants")).toMatchObject({ rows: [["One"]] });
      expect(await ask("select set_config('role', 'none', false), current_user")).toMatchObject({
        outcome: "answered",
      });
      expect(await ask("select current_user")).toMatchObject({ rows: [["scrapersky_reader"]] });
      // Whoever gets that server connection of a pooler next is who they were.
      const [row] = await executeRawSql(
        database.db,
        "select current_user = session_user as own, current_setting('transaction_read_only') as reads, to_regclass('pg_temp.tenants') as left",
      );
      expect(row).toEqual({ own: true, reads: "off", left: null });
    });
  });
}
