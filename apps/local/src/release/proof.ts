// The proof of a release, within its namespaces: the first process there, with loopback and nothing else. The release runs
// in the bare root as an ordinary user; what stands outside of it is a web site, and a PostgreSQL that is somebody's own.
import { spawnSync } from "node:child_process";
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { startTemporaryPostgres } from "@scrapersky/embedded";
import { type Bare, check, enterBare } from "./bare.ts";
import { proveUnits } from "./prove-units.ts";
import { usePerson } from "./use-person.ts";

const PAGE = `<!doctype html><html lang="en"><title>Hill Bakery</title><h1>Hill Bakery</h1>
<p>Write to <a href="mailto:hello@bakery.example">hello@bakery.example</a>, or call +1 614 555 0143.</p></html>`;
const SITE = "bakery.example";
const TENANT = "hill-bakery";
const OWNER = "owner@bakery.example";
/** Another one than the machine's, and gone with the mounts of this process. */
const SCRATCH = "/tmp";

const [place = "", booted = "", file = ""] = process.argv.slice(2);
const name = file.replace(/\.tar\.gz$/, "");

function mount(...args: string[]): void {
  check(`mount ${args.join(" ")}`, spawnSync("mount", args).status === 0);
}

function prepareRoot(): void {
  mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", SCRATCH);
  mount("-t", "proc", "proc", join(place, "proc"));
  mkdirSync(join(place, "dev/shm"), { recursive: true });
  mount("-t", "tmpfs", "-o", "mode=1777", "tmpfs", join(place, "dev/shm"));
  mkdirSync(join(place, "srv/sky"), { recursive: true });
  spawnSync("chown", ["1000:1000", join(place, "srv/sky"), join(place, "opt")]);
  chmodSync(join(place, "opt"), 0o755);
}

/** A site that is served here: the allow-list leads the worker to it. */
async function serveSite(): Promise<string> {
  const server = createServer((request, response) => {
    response.writeHead(request.url === "/" ? 200 : 404, { "content-type": "text/html" });
    response.end(PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  server.unref();
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const hosts = { [SITE]: { http: `127.0.0.1:${address.port}` } };
  for (const root of [place, booted])
    writeFileSync(join(root, "srv/sites.json"), JSON.stringify({ hosts }));
  return "/srv/sites.json";
}

/** Processes of the account that the release runs as. */
function countProcesses(): number {
  const pids = readdirSync("/proc").filter((entry) => /^\d+$/.test(entry));
  return pids.filter((pid) => {
    try {
      return (
        statSync(`/proc/${pid}`).uid === 1000 &&
        !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, "utf8"))
      );
    } catch {
      return false;
    }
  }).length;
}

/** Tenant and owner by the commands of the release; the one-time link of the owner. */
function makeOwner(bare: Bare, env: Record<string, string>): string {
  bare.run(["staff", "tenant", "create", "Hill Bakery", "--json"], env);
  const words = ["add", OWNER, "--tenant", TENANT, "--role", "owner", "--json"];
  const { link } = JSON.parse(bare.run(["staff", ...words], env).stdout) as { link: string };
  return link;
}

prepareRoot();
const bare = enterBare(place, `/opt/${name}/bin/scrapersky`);
const sums = ["/usr/bin/env", "-C", "/opt", "sha256sum", "--check", `${file}.sha256`];
const checked = bare.runAny(sums);
check("its checksum is right", checked.code === 0, checked.stderr);
const unpacked = bare.runAny(["/bin/tar", "-C", "/opt", "-xzf", `/opt/${file}`]);
check("it unpacks with the tools of a bare Debian", unpacked.code === 0, unpacked.stderr);
check("--version", bare.run(["--version"]).stdout.startsWith("scrapersky "));
check("--help", !/npm/.test(bare.run(["--help"]).stdout + bare.run(["staff", "--help"]).stdout));
spawnSync("ln", ["-s", `../../opt/${name}/bin/scrapersky`, join(place, "usr/bin/scrapersky")]);
const linked = bare.runAny(["/usr/bin/scrapersky", "--version"]);
check("--version through a link", linked.code === 0, linked.stderr);
for (const word of ["api", "worker", "migrate"]) {
  const { code, stderr } = bare.runAny([bare.command, word]);
  check(
    `${word} without DATABASE_URL names it`,
    code === 2 && stderr.includes("DATABASE_URL"),
    stderr,
  );
}

const sites = { SCRAPER_SITES_FILE: await serveSite(), NODE_ENV: "test" };

console.log("\nall, with a PostgreSQL of its own");
const all = bare.start("all", ["all"], sites);
await all.says("Stop        Ctrl-C");
const person = await usePerson("http://localhost:3000", makeOwner(bare, {}), OWNER);
await person.openPage(TENANT);
await person.scrape(SITE);
check("SIGTERM ends it with 0", (await all.stop()) === 0, all.output());
check("nothing of it is left", countProcesses() === 0);
const again = bare.start("all", ["all"], sites);
await again.says("Stop        Ctrl-C");
await person.signIn();
check("a second start has the person of the first", true);
check("SIGTERM ends that too", (await again.stop()) === 0, again.output());

console.log("\napi, worker and web, with a PostgreSQL outside");
const server = await startTemporaryPostgres({ database: "outside", password: true, onDisk: true });
const given = { DATABASE_URL: server.url, WEB_URL: "http://localhost:3000" };
try {
  bare.run(["migrate"], given);
  const link = makeOwner(bare, given);
  const secret = {
    AUTH_SECRET: "a secret of thirty-two characters or more",
    SHUTDOWN_WAIT_MS: "0",
  };
  const programs = [
    bare.start("api", ["api"], { ...given, ...secret }),
    bare.start("worker", ["worker"], { ...given, ...sites }),
    bare.start("web", ["web"], { WEB_URL: given.WEB_URL }),
  ];
  const other = await usePerson("http://localhost:3000", link, OWNER);
  await other.openPage(TENANT);
  await other.scrape(SITE);
  for (const program of programs.toReversed()) {
    const code = await program.stop();
    check(
      `SIGTERM ends ${program.name}`,
      code === 0 || code === 143 || code === "SIGTERM",
      `${String(code)}\n${program.output()}`,
    );
  }
  const { code, stdout, stderr } = bare.runAny([bare.command, "db", "doctor"], given);
  check("db doctor finds nothing wrong", code === 0, stdout + stderr);
} finally {
  await server.stop();
}

console.log("\nas services of systemd");
await proveUnits(booted, name, { site: SITE, env: sites });
console.log("\nProven.");
process.exit(0);
