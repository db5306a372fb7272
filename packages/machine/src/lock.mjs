// One holder of a name in a folder at a time, until it lets go or dies. The lock is a folder with one
// entry, which is named after the holder's pid, start and boot. Renaming a folder that has such an entry onto
// it takes it: the system refuses that while there is one in it. The entry of a dead holder is removed
// by its name, so that of the next one can never be meant: no wait, no second look, no race.
import { rmdirSync, rmSync } from "node:fs";
import { mkdir, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { findBoot, findProcess, isSameProcess, signalProcess, waitFor } from "./processes.mjs";

const CHILD_LEAVE_MS = 12_000;
const LOOK_AGAIN_MS = 50;

/** The holder that an entry names, while it lives: pid and start of one boot may come again in the next. */
async function findEntered(entry) {
  const [pid, startedAt = "", boot = ""] = entry.split("-");
  const identity = { pid: Number(pid), startedAt };
  return boot === (await findBoot()) && (await isSameProcess(identity)) ? identity : undefined;
}

export async function takeLock(folder, name, { patienceMs = 0 } = {}) {
  const self = await findProcess(process.pid);
  if (!self) throw new Error("This process cannot be found in the process table.");
  await removeDrafts(folder, name);
  const entry = `${self.pid}-${self.startedAt}-${await findBoot()}`;
  const lock = join(folder, `${name}.lock`);
  const draft = `${lock}.${entry}`;
  await mkdir(draft, { recursive: true });
  await writeFile(join(draft, entry), "");
  const patientUntil = Date.now() + patienceMs;
  let holder;
  while ((holder = await takeUnlessHeld(draft, lock)) !== undefined) {
    if (Date.now() >= patientUntil) {
      await rm(draft, { recursive: true, force: true });
      return { taken: (await findHolder(folder, name)) ?? { ...holder, children: [] } };
    }
    await pause(LOOK_AGAIN_MS);
  }
  const held = holdRecord(folder, name, self, join(lock, entry));
  const before = await readRecord(folder, name);
  if (before && (await isSameProcess(before))) {
    // A version without this lock runs here.
    rmSync(join(lock, entry));
    return { taken: before };
  }
  if (before) await endOrphans(before.children);
  await held.save();
  return held;
}

/** The living holder; undefined when the folder is ours now. */
async function takeUnlessHeld(draft, lock) {
  for (;;) {
    try {
      await rename(draft, lock);
      return undefined;
    } catch (error) {
      if (!["ENOTEMPTY", "EEXIST"].includes(error.code)) throw error;
    }
    for (const entry of await readdir(lock).catch(() => [])) {
      const holder = await findEntered(entry);
      if (holder !== undefined) return holder;
      await rm(join(lock, entry), { force: true });
    }
  }
}

/** What was made ready by processes that are gone. */
async function removeDrafts(folder, name) {
  const prefix = `${name}.lock.`;
  for (const draft of await readdir(folder)) {
    if (!draft.startsWith(prefix)) continue;
    if ((await findEntered(draft.slice(prefix.length))) !== undefined) continue;
    await rm(join(folder, draft), { recursive: true, force: true });
  }
}

function holdRecord(folder, name, self, entry) {
  const file = join(folder, `${name}.json`);
  const record = { ...self, children: [] };
  const write = async () => {
    await writeFile(`${file}.new`, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  let written = Promise.resolve();
  return {
    record,
    // One after the other: two children may be started again at the same moment.
    save: () => (written = written.then(write, write)),
    release() {
      rmSync(file, { force: true });
      rmSync(entry, { force: true });
      try {
        rmdirSync(join(entry, ".."));
      } catch {
        // The next holder's already.
      }
    },
  };
}

export async function findHolder(folder, name) {
  const record = await readRecord(folder, name);
  return record && (await isSameProcess(record)) ? record : undefined;
}

async function readRecord(folder, name) {
  try {
    const record = JSON.parse(await readFile(join(folder, `${name}.json`), "utf8"));
    return { ...record, children: record.children ?? [] };
  } catch {
    return undefined;
  }
}

/** Children of a killed holder leave by themselves; one that does not is ended by force. */
async function endOrphans(children) {
  const left = async () => {
    const states = await Promise.all(children.map((child) => isSameProcess(child)));
    return children.filter((_, index) => states[index]);
  };
  if (await waitFor(async () => (await left()).length === 0, CHILD_LEAVE_MS)) return;
  for (const child of await left()) signalProcess(-child.pid, "SIGKILL");
}
