import type { Lock, LockHolder } from "./lock.mjs";

/** What `stack.json` says; addresses are there once everything answers. */
export interface RunningStack extends LockHolder {
  web?: string;
  api?: string;
  /** With its password. */
  databaseUrl?: string;
}

export type StackLock = Lock<RunningStack>;

/** Takes an existing data folder for the stack of this process; `taken` when another one runs on it. */
export function takeStack(dataDir: string): Promise<StackLock | { taken: RunningStack }>;

/** The stack that runs on a data folder; undefined when none does. */
export function findStack(dataDir: string): Promise<RunningStack | undefined>;
