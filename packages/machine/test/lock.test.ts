import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findHolder, findProcess, isSameProcess, takeLock, waitFor } from "../src/index.mjs";

async function makeFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "lock-test-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

function contend(folder: string) {
  const child = spawn(process.execPath, [join(import.meta.dirname, "contender.ts"), folder], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  let text = "";
  child.stdout.on("data", (chunk) => (text += String(chunk)));
  return { child, ended: once(child, "close"), said: () => text };
}

test("of many who want it, some of them killed with it, one has it at a time, and somebody always gets it", async () => {
  const folder = await makeFolder();
  const all: ReturnType<typeof contend>[] = [];
  const held = () => all.reduce((sum, { said }) => sum + said().split("held").length - 1, 0);
  for (let round = 0; round < 12; round++) {
    while (all.filter(({ child }) => child.exitCode === null && !child.killed).length < 4) {
      all.push(contend(folder));
    }
    const before = held();
    expect(await waitFor(async () => held() > before + 5, 100_000)).toBe(true);
    // Whoever has it now, or is about to.
    const holder = (await findHolder(folder, "test"))?.pid;
    const victim = all.find(({ child }) => child.pid === holder) ?? all.at(-1)!;
    victim.child.kill("SIGKILL");
    await victim.ended;
  }
  await writeFile(join(folder, "stop"), "");
  await Promise.all(all.map(({ ended }) => ended));
  for (const { said } of all) expect(said()).not.toContain("not alone");
  const last = await takeLock(folder, "test");
  expect("taken" in last).toBe(false);
  if (!("taken" in last)) last.release();
  expect(
    (await readdir(folder)).filter((name) => name.startsWith("test")),
    "leaves nothing",
  ).toEqual([]);
});

test("whoever is refused is told who has it, with what they wrote, and may wait for them", async () => {
  const folder = await makeFolder();
  const first = await takeLock(folder, "test");
  if ("taken" in first) throw new Error("nobody else was there");
  const group = { pid: 4_000_000, startedAt: "1" };
  first.record.children.push(group);
  await first.save();
  expect(await takeLock(folder, "test")).toEqual({ taken: { ...first.record, children: [group] } });
  const second = takeLock(folder, "test", { patienceMs: 60_000 });
  first.release();
  const got = await second;
  expect(got).toMatchObject({ record: { pid: process.pid, children: [] } });
  if (!("taken" in got)) got.release();
  expect(await findHolder(folder, "test")).toBeUndefined();
});

test("a living holder of a version that had only the record keeps it", async () => {
  const folder = await makeFolder();
  const child = spawn("/bin/cat", { stdio: ["pipe", "ignore", "ignore"] });
  onTestFinished(() => void child.kill("SIGKILL"));
  await once(child, "spawn");
  const record = { ...(await findProcess(child.pid!))!, children: [] };
  await writeFile(join(folder, "test.json"), JSON.stringify(record));
  expect(await takeLock(folder, "test")).toEqual({ taken: record });
  child.kill("SIGKILL");
  await once(child, "close");
  const lock = await takeLock(folder, "test");
  expect("taken" in lock).toBe(false);
});

test("a lock of before a reboot is nobody's, even when its pid and start have come again", async () => {
  const folder = await makeFolder();
  const { pid, startedAt } = (await findProcess(process.ppid))!;
  await mkdir(join(folder, "test.lock"));
  await writeFile(join(folder, "test.lock", `${pid}-${startedAt}-anotherboot`), "");
  const lock = await takeLock(folder, "test");
  expect("taken" in lock).toBe(false);
});

test("children of a dead holder that do not leave are gone when the next one has it", async () => {
  const folder = await makeFolder();
  const stubborn = spawn("/bin/sh", ["-c", "trap '' TERM; read line"], {
    detached: true,
    stdio: ["pipe", "ignore", "ignore"],
  });
  const ended = once(stubborn, "close");
  await once(stubborn, "spawn");
  const child = (await findProcess(stubborn.pid!))!;
  const dead = { pid: process.pid, startedAt: "1", children: [child] };
  await writeFile(join(folder, "test.json"), JSON.stringify(dead));
  const lock = await takeLock(folder, "test");
  expect("taken" in lock).toBe(false);
  await ended;
  expect(await isSameProcess(child)).toBe(false);
});
