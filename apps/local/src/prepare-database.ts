// Run by the supervisor: brings the database at DATABASE_URL to the newest migration and installs
// the queue. Prints one line; on failure says on stderr what to do, and exits 1.
import { join } from "node:path";
import { createDatabase, findDatabaseError } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { installQueue } from "@scrapersky/queue";
import { describeUrl } from "./describe-url.ts";
import { readEnv, root } from "./env.ts";

const { databaseUrl: url, databaseMode: mode } = readEnv();
if (url === undefined) throw new Error("DATABASE_URL says which database to prepare.");

try {
  const { applied, recorded } = await migrate({
    url,
    mode,
    folder: join(root, "packages/db/migrations"),
  });
  const database = createDatabase({ url, mode, max: 3, applicationName: "scrapersky prepare" });
  try {
    await installQueue(database);
  } finally {
    await database.close();
  }
  const news = [
    applied.length > 0 ? `${applied.length} applied` : "",
    recorded.length > 0 ? `${recorded.length} recorded as there already` : "",
  ].filter((part) => part !== "");
  console.log(news.length > 0 ? news.join(", ") : "up to date");
} catch (error) {
  const found = findDatabaseError(error);
  // What a pool adds to a failure, the time of its next try, is of no use to a process that ends.
  const fault = findDatabaseError(found?.cause) ?? found ?? error;
  const reason = fault instanceof Error ? fault.message : String(fault);
  console.error(
    `The database at ${describeUrl(url)} could not be prepared: ${reason}\n` +
      "Check that it runs, that DATABASE_URL names it, and that its user may create tables.",
  );
  process.exitCode = 1;
}
