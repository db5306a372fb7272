// One stack per data folder. The file names the process and its start, so that a stack that was
// killed, or whose pid was given to another program, locks nobody out.
import { readFile, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import {
  findProcess,
  isSameProcess,
  type ProcessIdentity,
  signalProcess,
  waitFor,
} from "@scrapersky/machine";

/** What stack.json says about the stack that holds the folder. */
export interface StackRecord extends ProcessIdentity {
  web?: string;
  api?: string;
  databaseUrl?: string;
  /** Processes that must be gone before the next stack starts. */
  children: ProcessIdentity[];
}

const CHILD_LEAVE_MS = 12_000;
/** Longer than the moment between another starter's reading and replacing of a stale file. */
const SETTLE_MS = 50;

export interface StackLock {
  record: StackRecord;
  /** Writes the record anew. */
  save(): Promise<void>;
  release(): Promise<void>;
}

/** Takes the folder; the record of the living stack when another one has it. */
export async function takeLock(dataDir: string): Promise<StackLock | { taken: StackRecord }> {
  const file = join(dataDir, "stack.json");
  const self = await findProcess(process.pid);
  if (!self) throw new Error("This process cannot be found in the process table.");
  const record: StackRecord = { ...self, children: [] };
  const text = () => `${JSON.stringify(record, null, 2)}\n`;

  for (;;) {
    try {
      await writeFile(file, text(), { flag: "wx", mode: 0o600 });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
      const found = await readRecord(file);
      if (found && (await isSameProcess(found))) return { taken: found };
      if (found) await endOrphans(found);
      await rm(file, { force: true });
      continue;
    }
    await pause(SETTLE_MS);
    const owner = await readRecord(file);
    if (owner?.pid === self.pid && owner.startedAt === self.startedAt) break;
    if (owner) return { taken: owner };
  }
  const write = async () => {
    await writeFile(`${file}.new`, text(), { mode: 0o600 });
    await rename(`${file}.new`, file);
  };
  let written = Promise.resolve();
  return {
    record,
    // One after the other: two services may be started again at the same moment.
    save: () => (written = written.then(write, write)),
    release: () => rm(file, { force: true }),
  };
}

async function readRecord(file: string): Promise<StackRecord | undefined> {
  try {
    const record = JSON.parse(await readFile(file, "utf8")) as StackRecord;
    return { ...record, children: record.children ?? [] };
  } catch {
    return undefined;
  }
}

/** Children of a killed supervisor leave by themselves; one that does not is ended by force. */
async function endOrphans(dead: StackRecord): Promise<void> {
  const left = async () => {
    const states = await Promise.all(dead.children.map((child) => isSameProcess(child)));
    return dead.children.filter((_, index) => states[index]);
  };
  if (await waitFor(async () => (await left()).length === 0, CHILD_LEAVE_MS)) return;
  for (const child of await left()) signalProcess(-child.pid, "SIGKILL");
}
