import { defineStatement, executeRawSql, type Reader } from "@scrapersky/db";
import { profiles } from "@scrapersky/db/schema";
import type { Queue } from "@scrapersky/queue";
import { isoTime } from "../time.ts";
import { PAUSABLE_QUEUES, type QueueShown } from "./queue.contract.ts";

const names = defineStatement("select id, name from profiles where id = any(:ids::uuid[])", {
  id: profiles.id,
  name: profiles.name,
});

/** All queues, with who paused them. */
export async function listQueues(
  reader: Reader,
  queue: Pick<Queue, "countMessages" | "findPauses">,
): Promise<QueueShown[]> {
  const counts = await queue.countMessages(reader);
  const pauses = await queue.findPauses(reader);
  const ids = pauses.flatMap(({ by }) => by ?? []);
  const people = ids.length === 0 ? [] : await executeRawSql(reader, names, { ids });
  const nameOf = new Map(people.map(({ id, name }) => [id, name]));
  return counts.map((count) => {
    const pause = pauses.find((one) => one.queue === count.queue);
    return {
      ...count,
      isPausable: PAUSABLE_QUEUES.some((name) => name === count.queue),
      paused:
        pause === undefined
          ? null
          : { at: isoTime(pause.at), by: nameOf.get(pause.by ?? "") ?? null },
    };
  });
}
