import { executeRawSql } from "@scrapersky/db";
import { installPgBouncer, startTestDatabases } from "../src/database.ts";
import type { TestProject } from "vitest/node";

export default async function setup(project: TestProject) {
  await installPgBouncer();
  return startTestDatabases(project, async (database) => {
    await executeRawSql(database.db, "insert into tenants (name) values ('Prepared')");
  });
}
