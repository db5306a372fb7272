import { createDatabase, type Database, executeForLibrary } from "@scrapersky/db";
import { createEmptyDatabase, createTestDatabase } from "@scrapersky/testing/database";
import { afterAll } from "vitest";

const open: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const close of open.splice(0)) await close();
});

/** A database of its own with a pool on it, both gone after the file's tests. */
export type OpenDatabase = Database & { name: string; url: string };

/** An empty one. */
export const openEmpty = async (): Promise<OpenDatabase> => connect(await createEmptyDatabase());

/** A migrated one with the queue's tables, changed by a script. */
export async function openMigrated(script = ""): Promise<OpenDatabase> {
  const database = connect(await createTestDatabase());
  if (script !== "") await executeForLibrary(database.db, script);
  return database;
}

function connect(created: { name: string; url: string; drop(): Promise<void> }): OpenDatabase {
  const database = createDatabase({ url: created.url });
  open.push(async () => {
    await database.close();
    await created.drop();
  });
  return { ...database, name: created.name, url: created.url };
}
