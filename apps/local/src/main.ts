// The supervisor: starts the stack, says where it is, and ends it in order. Run by bin/start.mjs.
import { mkdir } from "node:fs/promises";
import { join, relative } from "node:path";
import { type StackLock, takeStack } from "@scrapersky/machine";
import { readFlags } from "../bin/command.mjs";
import { explainFullDisk } from "../bin/full-disk.mjs";
import { seconds } from "../bin/progress.mjs";
import { accessFile, type Access, type FirstSteps } from "./access.ts";
import { runDemo, startSites } from "./demo.ts";
import { type Env, isRelease, readEnv, root } from "./env.ts";
import { createEnding, type Mode, type Stack, startStack } from "./stack.ts";

/** Twice within this time is one key press that reached us on two ways. */
const SAME_PRESS_MS = 300;

const say = (line = "") => void process.stdout.write(`${line}\n`);
// A closed terminal must not stop the orderly end.
process.stdout.on("error", () => {});
process.stderr.on("error", () => {});

function readSettings(): Env {
  try {
    return readEnv();
  } catch (error) {
    process.stderr.write(`\n${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  }
}

async function lockFolder(env: Env, mode: Mode): Promise<StackLock> {
  await mkdir(env.dataDir, { recursive: true });
  const lock = await takeStack(env.dataDir);
  if (!("taken" in lock)) return lock;
  const { web, pid } = lock.taken;
  say(
    web
      ? `ScraperSky is already running at ${web} (process ${pid}).`
      : `ScraperSky is already starting (process ${pid}).`,
  );
  say("Stop it with Ctrl-C in its terminal before starting it anew.");
  process.exit(mode === "start" ? 0 : 1);
}

/** Who can sign in, or what to do where nobody can. */
function describeSignIns({ users }: Access, first: FirstSteps | undefined): string[] {
  const width = Math.max(...users.map((user) => user.email.length));
  if (users.length > 0) {
    return users.map(({ email, password, role }) => `${email.padEnd(width)}  ${password}  ${role}`);
  }
  if (first?.made) {
    const { email, link } = first.made;
    return [`${email} sets a password by this link, once, within 24 hours:`, link];
  }
  if (first?.canSignIn) {
    return [
      `as before: ${isRelease ? "the database" : "DATABASE_URL leads to a database that"} has its own tenants and staff.`,
      MORE,
    ];
  }
  return first?.tenants === 0
    ? [
        "nobody can yet. Make a tenant and its owner:",
        'npm run staff -- tenant create "Your company"',
        "npm run staff -- add you@example.com --tenant your-company --role owner",
        "Or a first look with invented people: npm start -- --demo",
      ]
    : [
        "nobody can yet. See who is there, and give somebody a one-time link:",
        "npm run staff -- list",
        "npm run staff -- link EMAIL",
      ];
}

const MORE = "People, links and keys: npm run staff -- --help";

function printWelcome({ access, first }: Stack, env: Env): void {
  const shown = (path: string) => {
    const inside = relative(root, path);
    return inside.startsWith("..") ? path : inside;
  };
  say();
  say(`ScraperSky is running (${seconds(Date.now() - Number(began))})`);
  say();
  say(`  Dashboard   ${access.web}`);
  say(`  API         ${access.api}/api/docs`);
  describeSignIns(access, first).forEach((line, index) =>
    say(`  ${index === 0 ? "Sign in    " : "           "} ${line}`),
  );
  if (access.users.length > 0) say(`  API keys    ${shown(accessFile(env.dataDir))}`);
  say(`  Logs        ${shown(join(env.dataDir, "logs"))}`);
  say(`  Stop        Ctrl-C`);
  say();
}

/** Told by bin/start.mjs: the command, when it began in milliseconds since 1970, and its flags. */
const [mode, began, ...words] = process.argv.slice(2) as [Mode, string, ...string[]];
const flags = readFlags(mode, words);
const ending = createEnding();
const interrupted = new AbortController();

let stop: (reason: string | undefined) => void = () => {};
const stopWanted = new Promise<string | undefined>((resolve) => (stop = resolve));
let firstSignalAt = 0;
function onSignal(): void {
  const now = Date.now();
  if (firstSignalAt === 0) {
    firstSignalAt = now;
    interrupted.abort(new Error("stopped"));
    stop(undefined);
  } else if (now - firstSignalAt > SAME_PRESS_MS) {
    say("Stopping by force.");
    ending.killAll();
    setTimeout(() => process.exit(1), 1_000);
  }
}
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
// The command that started us is gone, since a moment ago or since before this line: nobody could stop
// the stack any more.
process.once("disconnect", () => firstSignalAt === 0 && onSignal());
if (process.connected === false) process.exit(1);

const env = readSettings();
/** The data of root's PostgreSQL may lie elsewhere. */
const folders = [env.dataDir, "/var/lib/scrapersky"];
const explain = (error: unknown): string =>
  explainFullDisk(error instanceof Error ? error.message : String(error), folders);
const lock = await lockFolder(env, mode).catch((error: unknown) => {
  process.stderr.write(`\n${explain(error)}\n`);
  process.exit(1);
});
let exitCode = 0;
try {
  interrupted.signal.throwIfAborted();
  const sites = mode === "demo" ? await startSites(env, ending) : undefined;
  const stack = await startStack(
    sites ? { ...env, sitesFile: sites.file } : env,
    { mode, demo: mode === "demo" ? "if empty" : flags["demo"] ? "always" : "never" },
    lock,
    ending,
    interrupted.signal,
  );
  printWelcome(stack, env);
  const demo = sites
    ? runDemo(stack, sites.names, interrupted.signal).then((complete) => {
        if (!flags["exit"]) return new Promise<never>(() => {});
        return complete ? undefined : "Not every site of the demo is accounted for.";
      })
    : new Promise<never>(() => {});
  const reason = await Promise.race([stopWanted, stack.broken, demo]);
  if (reason !== undefined) throw new Error(reason);
} catch (error) {
  if (firstSignalAt === 0) {
    exitCode = 1;
    process.stderr.write(`\n${explain(error)}\n\n`);
  }
}
say("Stopping …");
await ending.stopAll(say);
lock.release();
say("Stopped.");
process.exit(exitCode);
