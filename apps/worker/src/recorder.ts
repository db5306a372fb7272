import type { EndedAttempt } from "@scrapersky/api/services";
import type { Finding } from "./record.step.ts";
import { sleep } from "./sleep.ts";

/** How the attempt ended; undefined where the finding was refused. */
export type Answer = EndedAttempt | undefined;

/** Findings that are written together at most. */
const GROUP_MAX = 64;

interface Entry {
  finding: Finding;
  at: number;
  resolve: (answer: Answer) => void;
  reject: (error: unknown) => void;
}

/**
 * Records what ends within a moment together, one group at a time: statements, the disk's confirmation and the update of
 * a batch's counters are shared by all of it. What fails as a group is recorded one by one, so that a finding which
 * the database refuses takes no other down.
 *
 * @param write writes a group, all or nothing, and gives how attempts ended, by the ids of the jobs that were recorded
 * @param gatherMs how long the first of a group waits for others
 */
export function createRecorder(
  write: (findings: readonly Finding[]) => Promise<Map<string, EndedAttempt>>,
  gatherMs: number,
): (finding: Finding) => Promise<Answer> {
  const waiting: Entry[] = [];
  let isWriting = false;

  async function writeGroup(group: readonly Entry[]): Promise<void> {
    try {
      const recorded = await write(group.map(({ finding }) => finding));
      for (const { finding, resolve } of group) {
        resolve(recorded.get(finding.claim.jobId));
      }
    } catch (error) {
      if (group.length === 1) group[0]?.reject(error);
      else for (const entry of group) await writeGroup([entry]);
    }
  }

  async function drain(): Promise<void> {
    isWriting = true;
    for (let first; (first = waiting[0]) !== undefined;) {
      await sleep(Math.max(0, first.at + gatherMs - performance.now()));
      await writeGroup(waiting.splice(0, GROUP_MAX));
    }
    isWriting = false;
  }

  return (finding) =>
    new Promise((resolve, reject) => {
      waiting.push({ finding, at: performance.now(), resolve, reject });
      if (!isWriting) void drain();
    });
}
