import { executeRawSql } from "@scrapersky/db";
import { startTestDatabases } from "../src/database.ts";
import type { TestProject } from "vitest/node";

export default async function setup(project: TestProject) {
  return startTestDatabases(project, async (database) => {
    await executeRawSql(database.db, "insert into tenants (name) values ('Prepared')");
  });
}
