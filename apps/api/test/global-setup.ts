import { seedDemo, type SeededAccess } from "@scrapersky/api/demo";
import { installQueue } from "@scrapersky/queue";
import { startTestDatabases } from "@scrapersky/testing/database";
import type { TestProject } from "vitest/node";

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
    const { users } = await database.db.transaction((tx) => seedDemo(tx, { resetAccess: false }));
    project.provide("seededUsers", users);
  });
};
