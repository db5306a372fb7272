// A cluster made with a password keeps it in its own data directory, readable by the server's
// account alone; a cluster without that file trusts whoever reaches the loopback interface.
import { randomBytes } from "node:crypto";
import { chown, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Account } from "./account.ts";

const nameOf = (dataDir: string) => join(dataDir, "scrapersky-password");

/** The superuser's password; undefined when this cluster asks for none. */
export async function readPassword(dataDir: string): Promise<string | undefined> {
  try {
    return await readFile(nameOf(dataDir), "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

/**
 * Lets nobody into a new, stopped cluster without the password.
 * @returns the statement that sets it
 */
export async function requirePassword(dataDir: string, account: Account): Promise<string> {
  // No character of it needs quoting, in SQL or in an address.
  const password = randomBytes(24).toString("base64url");
  await writeFile(nameOf(dataDir), password, { mode: 0o600, flag: "wx" });
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(nameOf(dataDir), account.uid, account.gid);
  }
  const rules = join(dataDir, "pg_hba.conf");
  const text = await readFile(rules, "utf8");
  await writeFile(rules, text.replaceAll(/^(\w.*\s)trust$/gm, "$1scram-sha-256"));
  return `alter role postgres password '${password}'\n`;
}
