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
  database: { mark: string; given: boolean; demo: DemoWish },
  addresses: { web: string; api: string },
  place: CommandPlace,
): Promise<{ access: Access; how: SeedOutcome; first: FirstSteps | undefined }> {
  const markFile = join(env.dataDir, "access.database");
  const mark = createHash("sha256").update(database.mark).digest("hex");
  const sameDatabase = (await readFile(markFile, "utf8").catch(() => "")) === mark;
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
  await writePrivately(accessFile(env.dataDir), `${JSON.stringify(access, null, 2)}\n`);
  await writePrivately(markFile, mark);
  return { access, how, first };
}

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

/** The secret that signs sessions: given, or made once and kept. */
export async function findAuthSecret(env: Env): Promise<string> {
  if (env.authSecret !== undefined) return env.authSecret;
  const file = join(env.dataDir, "auth-secret");
  const kept = await readFile(file, "utf8").catch(() => "");
  if (kept.length >= 32) return kept;
  const made = randomBytes(32).toString("base64url");
  await writePrivately(file, made);
  return made;
}
