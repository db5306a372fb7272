/**
 * Program, to be run in a network and a mount namespace of its own: gives it a public address, a name server and sites, runs
 * three workers on them, and writes what the sites saw to the file of its argument.
 */
import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createDatabase, executeRawSqlOne } from "@scrapersky/db";
import { migrate } from "@scrapersky/db/migrate";
import { createQueue, installQueue } from "@scrapersky/queue";
import { startDns } from "@scrapersky/testing/dns";
import { measured } from "../env.ts";
import { startBenchPostgres } from "../postgres.ts";
import { createCaller, submit, untilEnded } from "../product.ts";

export interface FleetFinish {
  /** Sites of which pages were read. */
  read: number;
  requests: number;
  seconds: number;
  /** Requests that were at the address at a time. */
  mostInFlight: number;
  /** Requests that began within any second. */
  mostPerSecond: number;
  deadNamesSeconds: number;
}

const WORKER = join(import.meta.dirname, "../../../../apps/worker/src/main.ts");
const ADDRESS = "93.184.216.34";
const WORKERS = 3;
const SITES = 90;
const DEAD = 200;
const ANSWER_MS = 300;

const [, , finishFile] = process.argv;
if (finishFile === undefined) throw new Error("Say where to write to: node world.ts FILE");

function run(program: string, ...args: string[]): void {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw error ?? new Error(`${program} ${args.join(" ")} ended with ${status}`);
}

const named = (kind: string, count: number): string[] =>
  Array.from({ length: count }, (_, at) => `${kind}-${String(at + 1).padStart(3, "0")}.example`);

const sites = named("site", SITES);
const folder = mkdtempSync(join(tmpdir(), "scrapersky-world-"));
run("ip", "link", "set", "lo", "up");
run("ip", "addr", "add", `${ADDRESS}/32`, "dev", "lo");
const resolver = join(folder, "resolv.conf");
writeFileSync(resolver, "nameserver 127.0.0.1\n");
run("mount", "--bind", resolver, "/etc/resolv.conf");
const zone = Object.fromEntries(sites.map((name) => [name, { A: [ADDRESS] }]));
const dns = await startDns(zone, { port: 53 });

let inFlight = 0;
let mostInFlight = 0;
const begun: number[] = [];
const server = createServer((request, response) => {
  begun.push(performance.now());
  mostInFlight = Math.max(mostInFlight, ++inFlight);
  response.once("close", () => inFlight--);
  const isPage = request.url === "/" || request.url?.startsWith("/page");
  const links = Array.from({ length: 5 }, (_, at) => `<a href="/page-${at}">${at}</a>`).join(" ");
  setTimeout(() => {
    response.writeHead(isPage ? 200 : 404, { "content-type": "text/html; charset=utf-8" });
    response.end(`<title>${request.headers.host}</title><p>A page of a site. ${links}`);
  }, ANSWER_MS);
});
server.listen(80, ADDRESS, 4_096);
await once(server, "listening");

const postgres = await startBenchPostgres();
const database = createDatabase({ url: postgres.url, max: 4 });
const queue = createQueue(database);
const workers: ReturnType<typeof spawn>[] = [];
try {
  await migrate({ url: postgres.url });
  await installQueue(database);
  const caller = await createCaller(database, queue);
  for (let at = 0; at < WORKERS; at++) {
    workers.push(
      spawn(process.execPath, ["--disable-warning=ExperimentalWarning", WORKER], {
        env: { ...measured, DATABASE_URL: postgres.url, LOG_LEVEL: "warn" },
        stdio: ["pipe", "inherit", "inherit"],
      }),
    );
  }
  const isGone = () => workers.some(({ exitCode }) => exitCode !== null);
  const timed = async (domains: string[]): Promise<number> => {
    const startedAt = performance.now();
    const batch = { domains, maxPages: 3, maxConcurrent: domains.length };
    await untilEnded(database, await submit(database, caller, batch), isGone);
    return (performance.now() - startedAt) / 1000;
  };
  const seconds = await timed(sites);
  const row = await executeRawSqlOne<{ read: number }>(
    database.db,
    "select count(distinct domain_id)::int as read from pages",
  );
  const requests = begun.length;
  const deadNamesSeconds = await timed(named("dead", DEAD));
  const finish: FleetFinish = {
    read: row?.read ?? 0,
    requests,
    seconds,
    mostInFlight,
    mostPerSecond: mostWithin(1_000, begun),
    deadNamesSeconds,
  };
  writeFileSync(finishFile, JSON.stringify(finish));
} finally {
  await Promise.all(
    workers.map(async (worker) => {
      const ended = once(worker, "close");
      if (worker.exitCode === null) worker.kill("SIGTERM");
      else return;
      await ended;
    }),
  );
  await database.close();
  await postgres.stop();
  await dns.close();
  server.close();
  rmSync(folder, { recursive: true, force: true });
}
process.exit(0);

/** The most of the times that lie within so many milliseconds. */
function mostWithin(ms: number, times: readonly number[]): number {
  let most = 0;
  let first = 0;
  for (const [at, time] of times.entries()) {
    while (time - (times[first] ?? time) >= ms) first++;
    most = Math.max(most, at - first + 1);
  }
  return most;
}
