import { defineStatement, type Executor, executeRawSql } from "@scrapersky/db";
import { PLACE_SECONDS } from "./take-stream-place.ts";

const kept = defineStatement(
  `update app.stream_places set ends_at = now() + :seconds::int * interval '1 second'
   where stream = any(:streams::uuid[])`,
);

const left = defineStatement("delete from app.stream_places where stream = :stream::uuid");

/** Says that these streams are still open. */
export async function keepStreamPlaces(
  executor: Executor,
  streams: readonly string[],
): Promise<void> {
  await executeRawSql(executor, kept, { streams, seconds: PLACE_SECONDS });
}

/** Gives the place of a stream that has ended to the next one. */
export async function leaveStreamPlace(executor: Executor, stream: string): Promise<void> {
  await executeRawSql(executor, left, { stream });
}
