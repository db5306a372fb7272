import { installQueue } from "@scrapersky/queue";
import { startTestDatabases } from "@scrapersky/testing/database";
import type { TestProject } from "vitest/node";

/** Some tests run the built program. Turbo has built it by then; without turbo it is built here. */
const build = async (): Promise<void> => {
  if (process.env["TURBO_HASH"] === undefined) await import("../build.ts");
};

export default async (project: TestProject): Promise<() => Promise<void>> => {
  await build();
  return startTestDatabases(project, installQueue);
};
