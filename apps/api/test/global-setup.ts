import { installQueue } from "@scrapersky/queue";
import { startTestDatabases } from "@scrapersky/testing/database";
import type { TestProject } from "vitest/node";
import { seed } from "../src/seed/seed.step.ts";
import type { SeededAccess } from "../src/seed/seed-data.ts";

declare module "vitest" {
  interface ProvidedContext {
    seededUsers: SeededAccess[];
  }
}

/** Some tests run the built program. Turbo has built it by then; without turbo it is built here. */
const build = async (): Promise<void> => {
  if (process.env["TURBO_HASH"] === undefined) await import("../build.ts");
};

export default async (project: TestProject): Promise<() => Promise<void>> => {
  await build();
  return startTestDatabases(project, async (database) => {
    await installQueue(database);
    // Once for all: to hash the staff's passwords costs half a second.
    const { users } = await seed(database.db, { resetAccess: false });
    project.provide("seededUsers", users);
  });
};
