import { copyFile, stat, truncate } from "node:fs/promises";

/** A log that is longer is put aside. Two of each service are there at most, and as many of the start before. */
const LOG_BYTES_MAX = 32 * 1024 ** 2;
const LOOK_MS = 30_000;

/**
 * Puts a long log aside as `NAME.earlier.log` and begins it anew. Its writer goes on in the same file, which it opened to append;
 * what it says in the moment between copy and cut is lost.
 */
export async function cutLog(file: string, bytesMax = LOG_BYTES_MAX): Promise<void> {
  if ((await stat(file)).size <= bytesMax) return;
  await copyFile(file, file.replace(/\.log$/, ".earlier.log"));
  await truncate(file);
}

/** Looks after a log until it is told to stop. */
export function keepLogShort(file: string): { stop(): void } {
  // A full disk must not end the supervisor; the next look comes.
  const timer = setInterval(() => void cutLog(file).catch(() => {}), LOOK_MS).unref();
  return { stop: () => clearInterval(timer) };
}
