import { installQueue } from "@scrapersky/queue";
import { startTestDatabases } from "@scrapersky/testing/database";
import type { TestProject } from "vitest/node";

export default (project: TestProject): Promise<() => Promise<void>> =>
  startTestDatabases(project, installQueue);
