import { type Command, EXIT } from "./command.ts";
import { runProgram } from "./run-program.ts";

interface Seeded {
  tenant: string;
  users: { email: string; password: string; role: string }[];
}

export const seedCommand: Command = async ({ env, flags }) => {
  const run = await runProgram(
    "apps/api/src/seed.ts",
    flags.resetAccess ? ["--reset-access"] : [],
    { ...env.inherited, DATABASE_URL: env.url },
  );
  if (run.failed) {
    const text = run.stderr || "the seed stopped without a word";
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
