import { DomainError } from "@scrapersky/api/services";
import { createDatabase, type Db, defineStatement, executeRawSqlOne } from "@scrapersky/db";
import { findPending, readMigrations } from "@scrapersky/db/migrate";
import { EXIT, type Outcome } from "../command.ts";
import { type Env, migrationsFolder } from "../env.ts";
import { describeFailure } from "../failure.ts";
import type { Act, Typed } from "./act.ts";

/** Codes of what was typed wrong; the others say that what is asked for may not be. */
const TYPED_WRONG = new Set(["INVALID_INPUT", "NOT_FOUND"]);

/**
 * Does one act on the database of the settings.
 * @param warn takes a line for people that is no part of the result
 */
export async function perform(
  { act, typed }: { act: Act; typed: Typed },
  env: Env,
  warn: (line: string) => void,
): Promise<Outcome> {
  if (env.notice !== undefined) warn(env.notice);
  const database = createDatabase({
    url: env.url,
    mode: env.mode,
    max: 1,
    applicationName: "scrapersky staff",
  });
  try {
    const pending = await findPending(database.db, await readMigrations(migrationsFolder));
    if (pending.length > 0) {
      return problem(
        `The database lacks ${pending.length === 1 ? "a migration" : `${pending.length} migrations`}. Bring it up to date: npm run db -- migrate`,
        "NOT_MIGRATED",
      );
    }
    const { text, json, warning } = await act.run(database.db, typed, env);
    if (warning !== undefined) warn(warning);
    return { exitCode: 0, text, json };
  } catch (error) {
    if (!(error instanceof DomainError)) return describeFailure(error);
    const code = error.details.errorCode ?? error.code;
    const exitCode = TYPED_WRONG.has(error.code) ? EXIT.usage : EXIT.problem;
    const remedy = code === "AUTH_USERS_CLOSED" ? `\n${await grantFor(database.db)}` : "";
    // Rules name acts by themselves; how they are typed is known here.
    const said = error.message.replace(/`([^`]+)`/g, "`npm run staff -- $1`");
    return problem(said + remedy, code, exitCode);
  } finally {
    await database.close();
  }
}

const problem = (text: string, code: string, exitCode: number = EXIT.problem): Outcome => ({
  exitCode,
  text,
  json: { ok: false, error: text, code },
});

const ownRole = defineStatement("select quote_ident(current_user) as role", { role: "text" });

async function grantFor(db: Db): Promise<string> {
  const row = await executeRawSqlOne(db, ownRole);
  return `As the owner of schema auth, run: grant usage on schema auth to ${row?.role}; grant select, insert on auth.users, auth.identities to ${row?.role};`;
}
