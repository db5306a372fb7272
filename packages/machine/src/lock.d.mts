import type { ProcessIdentity } from "./processes.mjs";

/** What `NAME.json` says about the holder: its process, and what else the holder wrote. */
export interface LockHolder extends ProcessIdentity {
  /** Leaders of process groups that must be gone before the next holder begins. */
  children: ProcessIdentity[];
}

export interface Lock<R extends LockHolder = LockHolder> {
  record: R;
  /** Writes the record anew. */
  save(): Promise<void>;
  /** Lets go, at once: it may be called while the process ends. */
  release(): void;
}

/**
 * Takes a name in an existing folder, and ends what a dead holder left; `taken` is the living one who
 * has it, and kept it for all of `patienceMs` (default 0).
 */
export function takeLock(
  folder: string,
  name: string,
  options?: { patienceMs?: number },
): Promise<Lock | { taken: LockHolder }>;

/** The record of the living holder; undefined when there is none. */
export function findHolder(folder: string, name: string): Promise<LockHolder | undefined>;
