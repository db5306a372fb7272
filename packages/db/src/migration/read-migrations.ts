import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** One .sql file. */
export interface Migration {
  /** The file's name without its end. */
  name: string;
  text: string;
  /** Number of the migration that a program must know to run on what this one makes; undefined: any may. */
  lowestProgram: string | undefined;
  /** Of what it does, however it is written down or carried out. */
  checksum: string;
}

/** The migrations of a folder in order of their names, which begin with a number. */
export async function readMigrations(folder: string): Promise<Migration[]> {
  const files = await readdir(folder).catch((cause: unknown) => {
    throw new Error(`no migrations in ${folder}: pass the folder of the .sql files`, { cause });
  });
  const names = files.filter((file) => /^\d{4}_\w+\.sql$/.test(file)).sort();
  if (names.length === 0) {
    throw new Error(`no migrations in ${folder}: pass the folder of the .sql files`);
  }
  return Promise.all(
    names.map(async (file) => {
      const text = await readFile(join(folder, file), "utf8");
      return {
        name: file.slice(0, -".sql".length),
        text,
        lowestProgram: /^-- lowest program: (\d{4})$/m.exec(text)?.[1],
        checksum: checksumOf(text),
      };
    }),
  );
}

function checksumOf(text: string): string {
  // Neither Windows line ends nor building an index without blocking writers changes what is made.
  const same = text
    .replaceAll("\r\n", "\n")
    .replaceAll("create index concurrently ", "create index ");
  return createHash("sha256").update(same).digest("hex");
}
