import { homedir } from "node:os";
import { join, resolve } from "node:path";

/**
 * Completes the environment of a command of a release: the file .env beside `bin`, then where everything is kept. That is
 * no place in the release: the next version is another folder.
 */
export function completeEnvironment(root: string): void {
  try {
    process.loadEnvFile(join(root, ".env"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
  }
  const given = process.env["DATA_DIR"]?.trim();
  process.env["DATA_DIR"] = resolve(
    given ? given : join(findHome(root), ".local/share/scrapersky"),
  );
}

/** An account of a container may have none. */
function findHome(otherwise: string): string {
  try {
    return homedir();
  } catch {
    return otherwise;
  }
}

/** Whether a database was named; an empty name is judged by the program that reads it. */
export const namesDatabase = (): boolean => process.env["DATABASE_URL"] !== undefined;

/** What Next's own server listens on. HOSTNAME is the machine's name in containers, and so is not asked. */
export function addressDashboard(): void {
  process.env["HOSTNAME"] = process.env["WEB_HOST"]?.trim() || "127.0.0.1";
  process.env["PORT"] = process.env["WEB_PORT"]?.trim() || process.env["PORT"]?.trim() || "3000";
}
