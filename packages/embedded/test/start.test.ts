import { spawn } from "node:child_process";
import { cp, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { expect, test } from "vitest";
import { chooseAccount } from "../src/account.ts";
import { locateBinaries } from "../src/binaries.ts";
import { findFreePort, findServer } from "../src/postmaster.ts";
import { findProcess, signalProcess, waitFor } from "@scrapersky/machine";
import { forkStarter, kill, later, makeFolder, start, startElsewhere } from "./harness.ts";
import { query } from "./query.ts";

const isGone = (pid: number) => async () => (await findProcess(pid)) === undefined;

test("a first start makes a database that answers, on the loopback interface only", async () => {
  const dataDir = join(await makeFolder(), "new", "data");
  const server = await start({ dataDir, database: "scrapersky" });

  expect(server).toMatchObject({ adopted: false, dataDir, user: "postgres", host: "127.0.0.1" });
  expect(server.url).toBe(`postgres://postgres@127.0.0.1:${server.port}/scrapersky`);
  const [settings] = await query(
    server,
    `select current_database(), current_setting('listen_addresses'),
            current_setting('unix_socket_directories'), current_setting('TimeZone'),
            current_setting('server_encoding')`,
  );
  expect(settings).toEqual(["scrapersky", "127.0.0.1", "", "UTC", "UTF8"]);
  expect(process.kill(-server.pid, 0), "it leads a process group of its own").toBe(true);
  expect((await stat(dataDir)).mode & 0o777, "only the server reads the data").toBe(0o700);
  expect((await stat(join(dataDir, ".."))).mode & 0o777).toBe(0o755);
});

test("a cluster made with a password lets nobody in without it, at every start", async () => {
  const dataDir = join(await makeFolder(), "data");
  const first = await start({ dataDir, password: true, database: "shop" });
  const password = new URL(first.url).password;
  expect(password.length).toBeGreaterThan(30);
  for (const database of ["shop", "postgres"]) {
    await expect(query({ ...first, database }, "select 1")).rejects.toThrow("asks for a password");
  }
  const rules = await readFile(join(dataDir, "pg_hba.conf"), "utf8");
  expect(rules.match(/^[^#\n].*\btrust$/gm)).toBeNull();
  expect((await stat(join(dataDir, "scrapersky-password"))).mode & 0o777).toBe(0o600);
  await first.stop();

  const second = await start({ dataDir, password: true });
  expect(new URL(second.url).password).toBe(password);
  await expect(query(second, "select 1")).rejects.toThrow("asks for a password");
});

test("a cluster made without a password goes on without one", async () => {
  const dataDir = join(await makeFolder(), "data");
  await (await start({ dataDir })).stop();
  const server = await start({ dataDir, password: true });
  expect(new URL(server.url).password).toBe("");
  expect(await query(server, "select 1")).toEqual([["1"]]);
});

test("a durable server keeps its safeguards, another one does not", async () => {
  const folder = await makeFolder();
  const safe = await start({ dataDir: join(folder, "safe"), durable: true });
  const fast = await start({ dataDir: join(folder, "fast"), durable: false });
  expect(await query(safe, "show fsync")).toEqual([["on"]]);
  expect(await query(fast, "show fsync")).toEqual([["off"]]);
});

test("stopping is complete, repeatable and keeps data and port for the next start", async () => {
  const dataDir = join(await makeFolder(), "data");
  const first = await start({ dataDir });
  await query(first, "create table kept as select 1 as n");
  await Promise.all([first.stop(), first.stop()]);
  await first.exited;
  expect(await findProcess(first.pid)).toBeUndefined();
  expect(await readdir(dataDir)).not.toContain("postmaster.pid");

  const second = await start({ dataDir });
  expect(second).toMatchObject({ port: first.port, adopted: false });
  expect(await query(second, "select n from kept")).toEqual([["1"]]);
});

test("a port taken meanwhile is left to its owner; a wanted one that is taken is an error", async () => {
  const dataDir = join(await makeFolder(), "data");
  const first = await start({ dataDir });
  await first.stop();
  const squatter = createServer().listen(first.port, "127.0.0.1");
  later(async () => squatter.close());

  const second = await start({ dataDir });
  expect(second.port).not.toBe(first.port);
  await second.stop();
  await expect(start({ dataDir, port: first.port })).rejects.toThrow(
    `Port ${first.port} of 127.0.0.1 is taken`,
  );
});

test("a killed postmaster is recovered from, with everything that was committed", async () => {
  const dataDir = join(await makeFolder(), "data");
  const first = await start({ dataDir, durable: true });
  await query(first, "create table kept as select 7 as n");
  signalProcess(first.pid, "SIGKILL");
  await first.exited;

  const second = await start({ dataDir, durable: true });
  expect(second.adopted).toBe(false);
  expect(await query(second, "select n from kept")).toEqual([["7"]]);
});

test("a server whose starter was killed survives, is adopted, and ends with its adopter", async () => {
  const dataDir = join(await makeFolder(), "data");
  const { process: starter, server: first } = await startElsewhere("startPostgres", { dataDir });
  await kill(starter);
  expect(await query(first, "select 1")).toEqual([["1"]]);

  const second = await start({ dataDir });
  expect(second).toMatchObject({ adopted: true, pid: first.pid, port: first.port });
  await second.stop();
  await second.exited;
  expect(await findProcess(first.pid)).toBeUndefined();
});

test("a server whose starter lives is adopted and left running", async () => {
  const dataDir = join(await makeFolder(), "data");
  const owner = await startElsewhere("startPostgres", { dataDir });
  const guest = await start({ dataDir });
  expect(guest).toMatchObject({ adopted: true, pid: owner.server.pid });
  await guest.stop();
  expect(await query(owner.server, "select 1")).toEqual([["1"]]);
  owner.process.send("stop");
  expect(await waitFor(isGone(owner.server.pid), 100_000)).toBe(true);
});

test("two starts at once on a new folder end with one server and no leftovers", async () => {
  const folder = await makeFolder();
  const dataDir = join(folder, "data");
  const both = await Promise.all([start({ dataDir }), start({ dataDir })]);
  expect(both[0].pid).toBe(both[1].pid);
  expect(both.map(({ adopted }) => adopted).sort()).toEqual([false, true]);
  expect(await query(both[0], "select 1")).toEqual([["1"]]);
  expect(await readdir(folder)).toEqual(["data"]);
});

test("an initdb that was interrupted is done afresh, and what it left is removed", async () => {
  const folder = await makeFolder();
  const dataDir = join(folder, "data");
  const starter = forkStarter("startPostgres", { dataDir });
  const hasBegun = async () => (await readdir(folder)).some((name) => name.includes(".partial-"));
  expect(await waitFor(hasBegun, 100_000, 1)).toBe(true);
  await kill(starter);
  expect(await readdir(folder)).not.toContain("data");

  const server = await start({ dataDir });
  expect(await query(server, "select 1")).toEqual([["1"]]);
  expect(await readdir(folder)).toEqual(["data"]);
});

test("a pid file that names another program does not stop the start, nor the program", async () => {
  const dataDir = join(await makeFolder(), "data");
  const first = await start({ dataDir });
  signalProcess(first.pid, "SIGKILL");
  await first.exited;

  const { uid, gid } = await chooseAccount(dataDir);
  const bystander = spawn("/bin/sleep", ["600"], { uid, gid, stdio: "ignore" });
  later(() => kill(bystander));
  const pidFile = join(dataDir, "postmaster.pid");
  const lines = (await readFile(pidFile, "utf8")).split("\n");
  await writeFile(pidFile, [bystander.pid, ...lines.slice(1)].join("\n"));

  const second = await start({ dataDir });
  expect(second.adopted).toBe(false);
  expect(await query(second, "select 1")).toEqual([["1"]]);
  expect(bystander.exitCode).toBeNull();
});

test("a folder that holds something else is refused and left alone", async () => {
  const dataDir = join(await makeFolder(), "data");
  await mkdir(dataDir);
  await writeFile(join(dataDir, "letter.txt"), "dear reader");
  await expect(start({ dataDir })).rejects.toThrow("is not empty and holds no PostgreSQL data");
  expect(await readdir(dataDir)).toEqual(["letter.txt"]);
  expect(await readdir(join(dataDir, ".."))).toEqual(["data"]);
});

test("what cannot be started says why", async () => {
  const folder = await makeFolder();
  await expect(start({ dataDir: join(folder, "a"), binariesDir: folder })).rejects.toThrow(
    `PostgreSQL in ${folder} does not run`,
  );
  await expect(start({ dataDir: join(folder, "b"), database: "drop table" })).rejects.toThrow(
    '"drop table" is no database name',
  );
  const broken = await start({ dataDir: join(folder, "c") });
  await broken.stop();
  await writeFile(join(folder, "c", "postgresql.conf"), "no_such_setting = 1\n");
  await expect(start({ dataDir: join(folder, "c") })).rejects.toThrow("no_such_setting");
});

test("in a path of spaces, quotes and umlauts a server is known again, adopted and stopped", async () => {
  const folder = join(await makeFolder(), `a "b" -D 'c' $HOME \`d\` ü`);
  await mkdir(folder);
  const binariesDir = join(folder, "native");
  await cp(locateBinaries(), binariesDir, { recursive: true, verbatimSymlinks: true });
  const dataDir = join(folder, `data "-p" "1" ' ü`);
  const { process: starter, server: first } = await startElsewhere("startPostgres", {
    dataDir,
    binariesDir,
    password: true,
  });
  await kill(starter);
  // The server says in its log that it is ready a moment before it notes it in its file.
  await expect.poll(() => findServer(dataDir)).toMatchObject({ pid: first.pid, status: "ready" });

  const second = await start({ dataDir, binariesDir });
  expect(second).toMatchObject({ adopted: true, pid: first.pid });
  await second.stop();
  expect(await findProcess(first.pid)).toBeUndefined();

  const third = await start({ dataDir, binariesDir });
  expect(third).toMatchObject({ adopted: false, port: first.port });
});

test("a server that somebody started by hand, from within its folder, is adopted", async () => {
  const dataDir = join(await makeFolder(), "data");
  await (await start({ dataDir })).stop();
  const { uid, gid } = await chooseAccount(dataDir);
  const port = String(await findFreePort());
  const program = join(locateBinaries(), "bin", "postgres");
  const byHand = spawn(program, ["-D", ".", "-p", port, "-c", "unix_socket_directories="], {
    cwd: dataDir,
    uid,
    gid,
    stdio: "ignore",
  });
  later(() => kill(byHand));
  const isReady = async () => (await findServer(dataDir))?.status === "ready";
  expect(await waitFor(isReady, 100_000)).toBe(true);

  const server = await start({ dataDir });
  expect(server).toMatchObject({ adopted: true, pid: byHand.pid, port: Number(port) });
});
