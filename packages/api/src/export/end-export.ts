import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import { EXPORT } from "./export.state.ts";

/** What was sent so far. */
export interface Sent {
  rows: number;
  bytes: number;
  cut: number;
}

type Ending = "finish" | "abandon" | "fail";

const endedBy = (move: Ending) =>
  defineStatement(
    `update app.exports set status = ${EXPORT.to(move)}, rows = :rows::int, bytes = :bytes::bigint, cut = :cut::int,
       ended_at = now()
     where id = :exportId::uuid and ${EXPORT.may(move, "status")}`,
  );
const ENDED = { finish: endedBy("finish"), abandon: endedBy("abandon"), fail: endedBy("fail") };

/** Ends an export as its last byte did, or did not. One that has ended stays as it is. */
export async function endExport(
  executor: Executor,
  exportId: string,
  move: Ending,
  sent: Sent,
): Promise<void> {
  await executeRawSql(executor, ENDED[move], { exportId, ...sent });
}
