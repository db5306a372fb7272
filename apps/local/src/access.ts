// Who can sign in to the seeded product: `.data/access.json`, readable by its owner only.
import { createHash, randomBytes } from "node:crypto";
import { readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type CommandPlace, runCommand } from "./operator-command.ts";
import type { Env } from "./env.ts";

export interface AccessUser {
  email: string;
  password: string;
  role: string;
  apiKey: string;
}

export interface Access {
  web: string;
  api: string;
  tenant: string;
  users: AccessUser[];
}

type Seeded = Pick<Access, "tenant" | "users">;

/** How far a database is from a first sign-in, and the owner that was made for it now. */
export interface FirstSteps {
  tenants: number;
  canSignIn: boolean;
  made: { email: string; link: string } | null;
}

/** Where access.json lies. */
export function accessFile(dataDir: string): string {
  return join(dataDir, "access.json");
}

export async function readAccess(dataDir: string): Promise<Access | undefined> {
  try {
    const access = JSON.parse(await readFile(accessFile(dataDir), "utf8")) as Access;
    return access.users.length > 0 ? access : undefined;
  } catch {
    return undefined;
  }
}

export async function saveAccess({ dataDir }: Env, access: Access): Promise<void> {
  await writePrivately(accessFile(dataDir), `${JSON.stringify(access, null, 2)}\n`);
}

async function writePrivately(file: string, text: string): Promise<void> {
  await writeFile(`${file}.new`, text, { mode: 0o600 });
  await rename(`${file}.new`, file);
}

/** Whether a database that was given gets the demo's staff. */
export type DemoWish = "always" | "if empty" | "never";

/** What became of the sign-ins: `unknown` and `owner` have no users. */
type SeedOutcome = "seeded" | "kept" | "renewed" | "owner" | "unknown";

/**
 * Seeds the database once and says who may sign in. Passwords are known only when they are made:
 * if they are lost, the seeded staff of our own database get new ones. A database that was given is
 * somebody's: it gets the demo's staff only when asked for, nobody's password is changed, and where nobody
 * can sign in yet the way there is told.
 */
export async function seedAccess(
  env: Env,
  database: { identity: string | null; address: string; given: boolean; demo: DemoWish },
  addresses: { web: string; api: string },
  place: CommandPlace,
): Promise<{ access: Access; how: SeedOutcome; first: FirstSteps | undefined }> {
  const markFile = join(env.dataDir, "access.database");
  const byAddress = digest(database.address);
  const mark = database.identity === null ? byAddress : `identity ${digest(database.identity)}`;
  const before = await readFile(markFile, "utf8").catch(() => "");
  // Earlier versions knew a database by its address alone.
  const sameDatabase = before === mark || before === byAddress;
  const known = sameDatabase ? await readAccess(env.dataDir) : undefined;

  const first = database.given ? await findFirstSteps(place) : undefined;
  const isEmpty = first?.tenants === 0;
  const wanted = !first || database.demo === "always" || (database.demo === "if empty" && isEmpty);
  let seeded: Partial<Seeded> = wanted ? await runSeed(place, []) : {};
  let how: SeedOutcome = "seeded";
  if (!isComplete(seeded)) {
    if (known && first?.canSignIn !== false) [how, seeded] = ["kept", known];
    else if (first) [how, seeded] = [first.made ? "owner" : "unknown", {}];
    else [how, seeded] = ["renewed", await runSeed(place, ["--reset-access"])];
  }
  if (!first && !isComplete(seeded)) throw new Error("The seed named nobody who can sign in.");
  const access = { ...addresses, tenant: seeded.tenant ?? "", users: seeded.users ?? [] };
  await saveAccess(env, access);
  await writePrivately(markFile, mark);
  return { access, how, first };
}

const digest = (text: string): string => createHash("sha256").update(text).digest("hex");

const findFirstSteps = (place: CommandPlace): Promise<FirstSteps> =>
  runCommand<FirstSteps>(["staff", "first"], place);

function isComplete(seeded: Partial<Seeded>): seeded is Seeded {
  const users = seeded.users ?? [];
  return users.length > 0 && users.every((user) => user.password && user.apiKey);
}

async function runSeed(place: CommandPlace, args: string[]): Promise<Partial<Seeded>> {
  try {
    return await runCommand<Partial<Seeded>>(["db", "seed", ...args], place);
  } catch (error) {
    place.signal.throwIfAborted();
    throw new Error(`The first data could not be written:\n${(error as Error).message}`, {
      cause: error,
    });
  }
}

export interface Secrets {
  /** Signs sessions. */
  auth: string;
  /** What secrets of webhooks are made of. */
  webhooks: string;
}

/** The secrets of this installation: given, or made once and kept. */
export async function findSecrets({ dataDir, authSecret, webhooksKey }: Env): Promise<Secrets> {
  return {
    auth: authSecret ?? (await keptSecret(dataDir, "auth-secret")),
    webhooks: webhooksKey ?? (await keptSecret(dataDir, "webhooks-key")),
  };
}

async function keptSecret(dataDir: string, name: string): Promise<string> {
  const file = join(dataDir, name);
  const kept = await readFile(file, "utf8").catch(() => "");
  if (kept.length >= 32) return kept;
  const made = randomBytes(32).toString("base64url");
  await writePrivately(file, made);
  return made;
}
