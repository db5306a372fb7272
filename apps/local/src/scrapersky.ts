// The command of a release. Each word runs a program of the release in this very process, so that signals and exit codes
// are the program's own. Started by bin/scrapersky.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { root } from "./env.ts";
import { addressDashboard, completeEnvironment, namesDatabase } from "./release/env.ts";

const USAGE = 2;

const HELP = `Usage: scrapersky <command>

  all         everything on this machine, with a PostgreSQL of its own unless DATABASE_URL is set
  api         the API                                       DATABASE_URL, AUTH_SECRET, WEB_URL, API_HOST, API_PORT
  worker      a worker                                      DATABASE_URL, WORKER_HOST, WORKER_PORT
  web         the dashboard                                 API_URL, WEB_URL, WEB_HOST, WEB_PORT
  migrate     brings the database to the newest migration   DATABASE_URL, DATABASE_MIGRATION_URL
  staff ...   tenants, people, one-time links and keys; "scrapersky staff --help"
  db ...      the database: health, drift, doctor and so on; "scrapersky db --help"

  --version   the version of this release
  --help      this text

all --demo gives a new database the tenants and staff of the demo. Settings are variables of the environment, or lines of
the file .env beside bin; .env.example names them. "all" keeps database, secret and logs in DATA_DIR, else
in .local/share/scrapersky of the account's home.`;

/** The programs, by the words that a person types: file, and what it is given. */
const PROGRAMS: Record<string, (words: string[]) => { file: string; words: string[] }> = {
  all: (words) => ({
    file: "apps/local/dist/main.js",
    words: ["start", String(Date.now()), ...words],
  }),
  api: (words) => ({ file: "apps/api/dist/main.js", words }),
  worker: (words) => ({ file: "apps/worker/dist/main.js", words }),
  web: (words) => ({ file: "apps/web/server.js", words }),
  migrate: (words) => ({ file: "apps/cli/dist/db.js", words: ["migrate", ...words] }),
  staff: (words) => ({ file: "apps/cli/dist/staff.js", words }),
  db: (words) => ({ file: "apps/cli/dist/db.js", words }),
};

const NEEDS_DATABASE = new Set(["api", "worker", "migrate"]);
const TAKES_NO_WORDS = new Set(["api", "worker", "web"]);

function refuse(problem: string): never {
  process.stderr.write(`${problem}\n`);
  process.exit(USAGE);
}

const [name = "", ...words] = process.argv.slice(2);
const isHelp = (word: string | undefined) => word === "--help" || word === "-h" || word === "help";

if (isHelp(name) || (TAKES_NO_WORDS.has(name) && isHelp(words[0]))) {
  process.stdout.write(`${HELP}\n`);
} else if (name === "--version" || name === "-v") {
  const { version, commit } = JSON.parse(readFileSync(join(root, "release.json"), "utf8")) as {
    version: string;
    commit: string;
  };
  process.stdout.write(`scrapersky ${version} (${commit})\n`);
} else await run();

async function run(): Promise<void> {
  const program = Object.hasOwn(PROGRAMS, name) ? PROGRAMS[name] : undefined;
  if (program === undefined) {
    refuse(`${name === "" ? "Which command?" : `There is no command "${name}".`}\n\n${HELP}`);
  }
  if (TAKES_NO_WORDS.has(name) && words.length > 0) {
    refuse(`"${name}" takes no words: its settings are variables of the environment.`);
  }
  completeEnvironment(root);
  if (NEEDS_DATABASE.has(name) && !isHelp(words[0]) && !namesDatabase()) {
    refuse(
      `"${name}" needs DATABASE_URL: set it to postgresql://user:password@host:5432/database. ` +
        `For everything on this machine, with a database of its own: scrapersky all`,
    );
  }
  if (name === "web") addressDashboard();
  const chosen = program(words);
  const file = join(root, chosen.file);
  process.argv = [process.execPath, file, ...chosen.words];
  await import(pathToFileURL(file).href);
}
