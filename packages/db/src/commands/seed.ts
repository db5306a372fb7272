import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { type Command, EXIT } from "./command.ts";

/** An app's own program: rules are its business, and this package imports no app. */
const program = fileURLToPath(new URL("../../../../apps/api/src/seed.ts", import.meta.url));

interface Seeded {
  tenant: string;
  users: { email: string; password: string; role: string }[];
}

export const seedCommand: Command = async ({ env, flags }) => {
  const run = await runSeed(flags.resetAccess ? ["--reset-access"] : [], {
    ...env.inherited,
    DATABASE_URL: env.url,
  });
  if (run.failed) {
    const text = run.stderr.trim() || "the seed stopped without a word";
    return { exitCode: EXIT.problem, text, json: { error: text } };
  }
  const seeded = JSON.parse(run.stdout) as Seeded;
  const people = seeded.users.map(
    ({ email, password, role }) => `  ${email.padEnd(32)} ${password.padEnd(24)} ${role}`,
  );
  return {
    exitCode: 0,
    text:
      people.length > 0
        ? `Tenant ${seeded.tenant}. Shown once:\n${people.join("\n")}`
        : `Tenant ${seeded.tenant} and its staff are there already; --reset-access gives new passwords.`,
    json: seeded,
  };
};

function runSeed(args: string[], env: NodeJS.ProcessEnv) {
  return new Promise<{ failed: boolean; stdout: string; stderr: string }>((resolve) => {
    execFile(process.execPath, [program, ...args], { env }, (error, stdout, stderr) =>
      resolve({ failed: error !== null, stdout, stderr }),
    );
  });
}
