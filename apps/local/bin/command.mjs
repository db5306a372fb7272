// What each command takes, in one table: what is parsed, the usage, and the refusal of everything else.
// Plain JavaScript: it runs before any package is installed.
// Not by its name: a Node too old to have it must still be able to say so.
import util from "node:util";

const USAGE = 2;

const DEMO = "gives a database of DATABASE_URL the tenants and staff of the demo, for a first look";

export const COMMANDS = {
  start: {
    typed: "npm start",
    does: "Starts database, API, worker and dashboard on this machine, and stops them on Ctrl-C.",
    flags: { demo: DEMO },
  },
  demo: {
    typed: "npm run demo",
    does: "Starts everything with some forty fake sites, and submits them as a batch.",
    flags: { exit: "ends when the batch has ended, with 1 when a site is not accounted for" },
  },
  dev: {
    typed: "npm run dev",
    does: "Starts everything on the sources: dashboard, API and worker restart on change.",
    flags: { demo: DEMO },
  },
  test: {
    typed: "npm test",
    does: "Builds and checks, runs the tests of every package and of the started product.",
    flags: {},
  },
  check: {
    typed: "npm run check",
    does: "Judges format, lint, types, walls, unused code and documents; starts nothing.",
    flags: {},
  },
};

const HELP = "this text";

function usageOf({ typed, does, flags }) {
  const all = Object.entries({ ...flags, help: HELP });
  const width = Math.max(...all.map(([name]) => name.length));
  const lines = all.map(([name, text]) => `  --${name.padEnd(width)}   ${text}`);
  const settings = "Settings are variables of the environment, or lines of .env: see .env.example.";
  return `Usage: ${typed} [-- flags]\n\n${does}\n\n${lines.join("\n")}\n\n${settings}\n`;
}

/** Which of `names` the words begin with, the first of them when with none, and the words after it. */
export function chooseCommand(names, words) {
  const [first = "", ...rest] = words;
  return names.includes(first) ? [first, rest] : [names[0], words];
}

/**
 * The flags of a command, each true or false. With --help it prints the usage and ends the process
 * with 0; with anything that the command does not take it ends it with 2.
 */
export function readFlags(name, words) {
  const command = COMMANDS[name];
  const flag = { type: "boolean", default: false };
  const names = [...Object.keys(command.flags), "help"];
  const options = Object.fromEntries(names.map((one) => [one, { ...flag }]));
  options.help.short = "h";
  try {
    const { help, ...flags } = util.parseArgs({ args: words, options }).values;
    if (!help) return flags;
  } catch (error) {
    const [problem] = error.message.split(". ");
    process.stderr.write(`${problem.replace(/\.$/, "")}.\n\n${usageOf(command)}`);
    process.exit(USAGE);
  }
  process.stdout.write(usageOf(command));
  process.exit(0);
}
