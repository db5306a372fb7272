import { defineStatement, executeRawSql, executeRawSqlOne, type Tx } from "@scrapersky/db";
import { workers } from "@scrapersky/db/schema";
import { recordAudit } from "../audit/record-audit.ts";
import { notFound } from "../errors/domain-error.ts";
import type { Caller } from "../rbac/actor.ts";
import { WORKER, type WorkerOrder } from "./worker.state.ts";

const held = defineStatement(
  "select id, state from app.workers where id = :workerId::text for update",
  { id: workers.id, state: workers.state },
);

const ordered = (move: "drain" | "resume") =>
  defineStatement(
    `update app.workers set state = ${WORKER.to(move)} where id = :workerId::text and ${WORKER.may(move, "state")}`,
  );
const ORDERS = { drain: ordered("drain"), resume: ordered("resume") };

/**
 * Has a worker claim nothing more, or claim again. It learns of it within two seconds. One that does so already stays as it is.
 * @throws DomainError NOT_FOUND for a worker that is gone
 */
export async function orderWorker(
  tx: Tx,
  caller: Caller,
  { workerId, move }: { workerId: string; move: "drain" | "resume" },
): Promise<{ workerId: string; state: WorkerOrder }> {
  const worker = await executeRawSqlOne(tx, held, { workerId });
  if (worker === undefined) throw notFound("Worker");
  if (!WORKER.can(move, worker.state)) return { workerId, state: worker.state };
  await executeRawSql(tx, ORDERS[move], { workerId });
  await recordAudit(tx, caller, {
    action: `workers.${move}`,
    targetType: "worker",
    targetId: workerId,
  });
  return { workerId, state: WORKER.moves[move].to };
}
