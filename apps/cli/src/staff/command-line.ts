import { parseArgs } from "node:util";
import { EXIT } from "../command.ts";
import { MissingSetting, readEnv } from "../env.ts";
import type { Surroundings } from "../speak.ts";
import type { Act, Flag, Typed } from "./act.ts";

/** Loaded when asked for: the query builder takes longer to load than help takes to print. */
const people = () => import("./people.step.ts");
const tenants = () => import("./tenants.step.ts");
const keys = () => import("./keys.step.ts");
const platform = () => import("./platform.step.ts");
const ACTS: Record<string, () => Promise<Act>> = {
  first: async () => (await import("./first.step.ts")).first,
  "tenant create": async () => (await tenants()).tenantCreate,
  "tenant list": async () => (await tenants()).tenantList,
  "tenant off": async () => (await tenants()).tenantOff,
  "tenant on": async () => (await tenants()).tenantOn,
  "tenant delete": async () => (await tenants()).tenantDelete,
  "tenant restore": async () => (await tenants()).tenantRestore,
  add: async () => (await people()).add,
  link: async () => (await people()).link,
  role: async () => (await people()).role,
  disable: async () => (await people()).disable,
  enable: async () => (await people()).enable,
  list: async () => (await people()).list,
  "key create": async () => (await keys()).keyCreate,
  "key list": async () => (await keys()).keyList,
  "key revoke": async () => (await keys()).keyRevoke,
  "platform grant": async () => (await platform()).platformGrant,
  "platform revoke": async () => (await platform()).platformRevoke,
  "platform list": async () => (await platform()).platformList,
};

const HELP = `Usage: npm run staff -- <command> [--json]

  first                                         how to make the first owner; with OWNER_EMAIL, makes it
  tenant create NAME [--slug S]                 make a tenant
  tenant list                                   the tenants and their slugs
  tenant off TENANT                             let nobody act in a tenant, and nothing of it run
  tenant on TENANT                              let it go on
  tenant delete TENANT --name NAME              switch it off for good; its rows go after 30 days
  tenant restore TENANT                         take that back until then
  add EMAIL --tenant S --role R [--name N]      add a person to a tenant; prints a one-time link
  link EMAIL                                    a new one-time link for a person
  role EMAIL --tenant S --role R                give a person another role
  disable EMAIL                                 sign a person out, and let nobody in by that name
  enable EMAIL                                  let a person in again
  list [--tenant S]                             the people, their tenants and roles
  key create --tenant S --name N --scopes a,b   a key for a program; prints it once
  key list [--tenant S]                         the keys, without their secrets
  key revoke ID                                 end a key
  platform grant EMAIL                          let somebody run the platform, with all its tenants
  platform revoke EMAIL                         take that back
  platform list                                 who runs the platform

  --json   one JSON object on standard output
  --help   this text

Roles: owner, admin, operator, viewer, auditor, developer. In the place of EMAIL a profile's id will do, in that of TENANT a slug, id or name.
Settings: DATABASE_URL (unset: the database of the running npm start), DATABASE_MODE, and WEB_URL,
where links lead (unset: the running npm start, else http://localhost:3000). OWNER_EMAIL: the owner that
"first" makes on a database without a tenant, OWNER_TENANT: the name of the tenant.
Exit codes: 0 done, 1 refused or failed, 2 wrong command, word or setting, 3 no database.`;

function parse(args: string[]) {
  return parseArgs({
    args,
    allowPositionals: true,
    options: {
      json: { type: "boolean", default: false },
      help: { type: "boolean", short: "h", default: false },
      name: { type: "string" },
      role: { type: "string" },
      scopes: { type: "string" },
      slug: { type: "string" },
      tenant: { type: "string" },
    },
  });
}

/** A line that cannot be meant. */
class UsageProblem extends Error {
  override readonly name = "UsageProblem";
}

interface Line {
  name: string;
  act: Act;
  typed: Typed;
  json: boolean;
}

/**
 * Runs one command line.
 * @returns the exit code
 */
export async function runStaff(args: string[], around: Surroundings): Promise<number> {
  // Asked of the words themselves: they may not be of a kind that can be parsed.
  const asJson = args.includes("--json");
  try {
    const line = await readLine(args);
    if (line === undefined) {
      around.out(`${HELP}\n`);
      return 0;
    }
    const env = await readEnv(around.settings);
    const { perform } = await import("./perform.ts");
    const { exitCode, text, json } = await perform(line, env, (told) => around.err(`${told}\n`));
    if (line.json) around.out(`${JSON.stringify(json)}\n`);
    else (exitCode === 0 ? around.out : around.err)(`${text}\n`);
    return exitCode;
  } catch (error) {
    const isUsage = error instanceof UsageProblem;
    if (!isUsage && !(error instanceof MissingSetting)) throw error;
    if (asJson) around.out(`${JSON.stringify({ ok: false, error: error.message })}\n`);
    else around.err(isUsage ? `${error.message}\n\n${HELP}\n` : `${error.message}\n`);
    return EXIT.usage;
  }
}

/** Undefined when help is asked for. */
async function readLine(args: string[]): Promise<Line | undefined> {
  let parsed: ReturnType<typeof parse>;
  try {
    parsed = parse(args);
  } catch (error) {
    throw new UsageProblem(error instanceof Error ? error.message : String(error));
  }
  const { values, positionals } = parsed;
  const { json, help, ...flags } = values;
  if (help || positionals[0] === "help") return undefined;
  const [first, second] = positionals;
  if (first === undefined) throw new UsageProblem("Which command?");
  const name = Object.hasOwn(ACTS, `${first} ${second}`) ? `${first} ${second}` : first;
  const load = Object.hasOwn(ACTS, name) ? ACTS[name] : undefined;
  if (!load) {
    const words = ["tenant", "key", "platform"].includes(first)
      ? `${first} ${second ?? ""}`.trim()
      : first;
    throw new UsageProblem(`There is no command "${words}".`);
  }
  const words = positionals.slice(name.split(" ").length);
  const act = await load();
  judge(name, act, { words, flags });
  return { name, act, typed: { words, flags }, json };
}

/** Every word and flag an act needs is there, and none that it would ignore. */
function judge(name: string, act: Act, { words, flags }: Typed): void {
  const missing = act.words[words.length];
  if (missing !== undefined) throw new UsageProblem(`"${name}" needs ${missing}.`);
  const rest = words.slice(act.words.length).join(" ");
  if (rest !== "") {
    throw new UsageProblem(
      `"${rest}" is one word too many; put a name of several words in quotes.`,
    );
  }
  for (const flag of Object.keys(flags) as Flag[]) {
    if (act.flags[flag] === undefined) throw new UsageProblem(`"${name}" takes no --${flag}.`);
  }
  for (const [flag, isNeeded] of Object.entries(act.flags)) {
    if (isNeeded && flags[flag as Flag] === undefined) {
      throw new UsageProblem(`"${name}" needs --${flag}.`);
    }
  }
}
