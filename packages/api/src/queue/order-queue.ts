import type { Tx } from "@scrapersky/db";
import type { Queue } from "@scrapersky/queue";
import { recordAudit } from "../audit/record-audit.ts";
import type { Caller } from "../rbac/actor.ts";

/**
 * Pauses a queue for all workers, or lets it go on. From the commit of a pause on nothing more of it is claimed; what is claimed
 * goes on to its end. One that is so already stays as it is.
 */
export async function orderQueue(
  tx: Tx,
  caller: Caller & { queue: Pick<Queue, "pauseQueue" | "resumeQueue"> },
  { queue, move }: { queue: string; move: "pause" | "resume" },
): Promise<{ queue: string; paused: boolean }> {
  const moved =
    move === "pause"
      ? await caller.queue.pauseQueue(tx, { queue, by: caller.actor.id })
      : await caller.queue.resumeQueue(tx, queue);
  if (moved) {
    await recordAudit(tx, caller, {
      action: `queues.${move}`,
      targetType: "queue",
      targetId: queue,
    });
  }
  return { queue, paused: move === "pause" };
}
