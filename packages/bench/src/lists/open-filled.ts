import { readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createDatabase } from "@scrapersky/db";
import { migrate, migrationsFolder, readMigrations } from "@scrapersky/db/migrate";
import { type EmbeddedPostgres, startPostgres } from "@scrapersky/embedded";
import { installQueue } from "@scrapersky/queue";
import { fill } from "./fill.ts";
import type { Sizes } from "./sizes.ts";

const FILL_TIMEOUT_MS = 3_600_000;
const FOLDER = join(import.meta.dirname, "../../../../.data/bench");

/** The instance of an earlier run of that name where it has this size and these tables, else a new one. */
export async function openFilled(
  name: string,
  scale: number,
  sizes: Sizes,
): Promise<EmbeddedPostgres> {
  const newest = (await readMigrations(migrationsFolder)).map(({ checksum }) => checksum).join();
  const mark = JSON.stringify({ sizes, newest });
  const markFile = join(FOLDER, `${name}.json`);
  const start = () =>
    startPostgres({
      dataDir: join(FOLDER, name),
      database: "bench",
      durable: false,
      settings: { shared_buffers: "512MB", max_wal_size: "4GB" },
    });
  if ((await readFile(markFile, "utf8").catch(() => "")) === mark) return start();
  await rm(markFile, { force: true });
  await rm(join(FOLDER, name), { recursive: true, force: true });
  const postgres = await start();
  try {
    console.log(`Filling an instance of scale ${scale}; the next run finds it in ${FOLDER}.`);
    await migrate({ url: postgres.url });
    const database = createDatabase({
      url: postgres.url,
      max: 2,
      statementTimeoutMs: FILL_TIMEOUT_MS,
    });
    await installQueue(database);
    await fill(database, sizes, console.log);
    await database.close();
    await writeFile(markFile, mark);
    return postgres;
  } catch (error) {
    await postgres.stop();
    throw error;
  }
}
