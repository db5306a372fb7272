import { parseArgs } from "node:util";
import { type Command, type Context, EXIT, type Outcome } from "../command.ts";
import { MissingSetting, readEnv } from "../env.ts";
import type { Surroundings } from "../speak.ts";

/** Loaded when asked for: the query builder takes longer to load than help takes to print. */
const commands: Record<string, () => Promise<Command>> = {
  adopt: async () => (await import("./adopt.ts")).adoptCommand,
  migrate: async () => (await import("./migrate.ts")).migrateCommand,
  drift: async () => (await import("./drift.ts")).driftCommand,
  health: async () => (await import("./health.ts")).healthCommand,
  doctor: async () => (await import("./doctor/doctor.ts")).doctorCommand,
  leads: async () => (await import("./leads.ts")).leadsCommand,
  backup: async () => (await import("./backup.ts")).backupCommand,
  restore: async () => (await import("./restore.ts")).restoreCommand,
  seed: async () => (await import("./seed.ts")).seedCommand,
};

const HELP = `Usage: npm run db -- <command> [--json]

  adopt     list what brings a database of the first system to the migrations; changes nothing by itself
  migrate   bring the database to the newest migration; real tables are verified, never altered
  drift     compare the database with the schema; changes nothing
  health    ask the database for a sign of life, through the pooler and directly
  doctor    check the way, the server, what is in it and who may do what, and say what to set
  leads     make leads of domains that earlier versions scanned; may be stopped, and goes on when it is run again
  backup    write all rows of ScraperSky, as one moment sees them, into a file; changes nothing
  restore   bring the rows of such a file into an empty database, or in the place of all that are there
  seed      create the demo's tenants and staff, once

  --json                 one JSON object on standard output
  --out <file>           backup: the file; adopt: write the script, and beside it the way back
  --from <file>          restore: the file that backup wrote
  --apply                adopt: do it, after the name of the database was typed
  --confirm <name>       adopt, restore: the name of the database, for programs
  --plan <fingerprint>   adopt: refuse when it is not this plan any more
  --fail-on <severity>   drift: exit with 1 from this severity on; breaking (default), harmful, harmless
  --reset-access         seed: give the staff new passwords and keys
  --help                 this text

Settings: DATABASE_URL (unset: the database of the running npm start), DATABASE_MIGRATION_URL where
a transaction pooler stands between, and DATABASE_MODE where port and host do not tell it.
Exit codes: 0 well, 1 something needs attention, 2 wrong command or setting, 3 no database.`;

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      "fail-on": { type: "string", default: "breaking" },
      "reset-access": { type: "boolean", default: false },
      out: { type: "string" },
      apply: { type: "boolean", default: false },
      confirm: { type: "string" },
      from: { type: "string" },
      plan: { type: "string" },
    },
  });
}

/**
 * Runs one command line.
 * @returns the exit code
 */
export async function runCommandLine(args: string[], around: Surroundings): Promise<number> {
  const usage = (problem: string) => {
    // Asked of the words themselves: they may not be of a kind that can be parsed.
    if (args.includes("--json")) {
      const command = args.find((word) => !word.startsWith("-")) ?? null;
      around.out(`${JSON.stringify({ command, ok: false, error: problem })}\n`);
    } else around.err(`${problem}\n\n${HELP}\n`);
    return EXIT.usage;
  };
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    return usage(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const [name, ...rest] = positionals;
  if (values.help || name === "help") {
    around.out(`${HELP}\n`);
    return 0;
  }
  if (name === undefined) return usage("Which command?");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (!command) return usage(`There is no command "${name}".`);
  if (rest.length > 0) return usage(`"${rest.join(" ")}" is one word too many.`);
  if (!["breaking", "harmful", "harmless"].includes(values["fail-on"])) {
    return usage("--fail-on takes breaking, harmful or harmless.");
  }

  const flags: Context["flags"] = {
    failOn: values["fail-on"],
    resetAccess: values["reset-access"],
    out: values.out,
    from: values.from,
    confirm: values.confirm,
    adopt: { apply: values.apply, plan: values.plan },
  };
  const { exitCode, text, json } = await perform(command, flags, around);
  const ok = exitCode === 0;
  if (values.json) around.out(`${JSON.stringify({ command: name, ok, ...json })}\n`);
  else (ok ? around.out : around.err)(`${text}\n`);
  return exitCode;
}

async function perform(
  load: () => Promise<Command>,
  flags: Context["flags"],
  { settings, err, ask = async () => undefined }: Surroundings,
): Promise<Outcome> {
  try {
    const env = await readEnv(settings);
    const command = await load();
    const progress = (line: string) => err(`${line}\n`);
    if (env.notice !== undefined) progress(env.notice);
    return await command({ env, flags, progress, ask });
  } catch (error) {
    if (error instanceof MissingSetting) {
      return { exitCode: EXIT.usage, text: error.message, json: { error: error.message } };
    }
    return (await import("../failure.ts")).describeFailure(error);
  }
}
