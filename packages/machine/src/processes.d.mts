/** What identifies one process for good: a pid alone is reused by the system. */
export interface ProcessIdentity {
  pid: number;
  /** Opaque start mark: clock ticks since boot on Linux, epoch seconds elsewhere. */
  startedAt: string;
}

/** The identity of a living process; undefined when there is none with this pid, or a zombie. */
export function findProcess(pid: number): Promise<ProcessIdentity | undefined>;

/** True while exactly this process lives: same pid and same start. */
export function isSameProcess(identity: ProcessIdentity): Promise<boolean>;

/** Which boot of the machine this is; empty where start marks do not begin anew with each. */
export function findBoot(): Promise<string>;

/** The parent's pid; undefined when there is no such process. */
export function findParent(pid: number): Promise<number | undefined>;

/** Program and arguments of a process; undefined when it is gone or a zombie. */
export function findArguments(pid: number): Promise<string[] | undefined>;

/** Where `wanted` stands in a row among the arguments that `findArguments` gave; -1 when it does not. */
export function findRow(args: string[], wanted: string[]): number;

/** Whether the process stands in this folder; false where that cannot be seen. */
export function runsIn(pid: number, folder: string): Promise<boolean>;

/** Sends a signal, to a process group when `pid` is negative; false when it was already gone. */
export function signalProcess(pid: number, signal: NodeJS.Signals): boolean;

/** Waits until `condition` answers something other than false; false when the time is over. */
export function waitFor(
  condition: () => Promise<boolean>,
  timeoutMs: number,
  everyMs?: number,
): Promise<boolean>;
