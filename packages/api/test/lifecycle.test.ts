import { executeRawSql } from "@scrapersky/db";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { batchEnding } from "../src/batch/batch.state.ts";
import { BATCH_STATUSES, type BatchStatus, isTerminalBatchStatus } from "../src/status.ts";
import {
  ATTEMPT_MOVES,
  BATCH_MOVES,
  BATCH_STATES,
  isPromisedOver,
  JOB_MOVES,
  promisedStatus,
  tryMoveOfAttempt,
  tryMoveOfBatch,
  tryMoveOfJob,
} from "./promises.ts";
import { openStage, type Stage } from "./stage.ts";

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
  await stage.reset();
});
afterAll(() => stage.world.close());

describe("the moves of a job are those that are promised, whoever asks for them", () => {
  test.for(JOB_MOVES)("$verb, from $from", async (move) => {
    const { seen, promised } = await tryMoveOfJob(stage, move);
    expect(seen).toEqual(promised);
  });
});

describe("the moves of an attempt are those that are promised, and its job's", () => {
  test.for(ATTEMPT_MOVES)("$verb, from $from", async (move) => {
    const { seen, promised } = await tryMoveOfAttempt(stage, move);
    expect(seen).toEqual(promised);
  });
});

describe("the moves of a batch are those that are promised, whoever asks for them", () => {
  test.for(BATCH_MOVES)("$verb, from $from", async (move) => {
    const { seen, promised } = await tryMoveOfBatch(stage, move);
    expect(seen).toEqual(promised);
  });
});

describe("how a batch ends", () => {
  beforeEach(() => stage.reset());

  test("it is over where nothing leads on", () => {
    expect(BATCH_STATUSES.filter(isTerminalBatchStatus)).toEqual(
      BATCH_STATES.filter(isPromisedOver),
    );
  });

  test("what it ends as follows from its counters alone, whatever they are", async () => {
    const some = [0, 1, 2, 7, 100_000];
    const counts = some.flatMap((complete) => some.map((failures) => ({ complete, failures })));
    const ending = batchEnding({ complete: "n.complete", failed: "n.failures" });
    const rows = await executeRawSql<{ ending: BatchStatus }>(
      stage.world.database.db,
      `select ${ending} as ending from unnest(:complete::int[], :failures::int[]) as n (complete, failures)`,
      {
        complete: counts.map(({ complete }) => complete),
        failures: counts.map(({ failures }) => failures),
      },
    );
    expect(rows.map((row) => row.ending)).toEqual(
      counts.map(({ complete, failures }) =>
        promisedStatus({ pending: 0, running: 0, cancelled: 0, complete, failed: failures }, true),
      ),
    );
  });

  test("a job that is not the last one ends no batch, and says nothing of its end", async () => {
    await stage.setBatch("total_domains = 3, failed_domains = 1");
    await stage.count({ failed: 1, found: { pages: 2 } });
    expect(await stage.batch()).toMatchObject({
      status: "running",
      error: null,
      failed_domains: 2,
      progress: 2 / 3,
      pages: 2,
      ended: false,
      ten_minutes: null,
    });
    await stage.count({ complete: 1, found: { pages: 5 } });
    expect(await stage.batch()).toMatchObject({
      status: "partial",
      error: null,
      progress: 1,
      pages: 7,
    });
  });

  test("none complete is said in words, a part of them is not", async () => {
    await stage.count({ failed: 2 });
    expect(await stage.batch()).toMatchObject({
      status: "failed",
      error: "None of the sites could be scraped.",
    });
  });

  test("it took the time since its first claim; one that never began, since it was made", async () => {
    const hoursAgo = (hours: number) => `timezone('utc', now()) - interval '${hours} hours'`;
    await stage.setBatch(`created_at = ${hoursAgo(2)}, start_time = ${hoursAgo(1)}`);
    await stage.count({ complete: 2 });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 6 });
    await stage.setBatch("status = 'pending', completed_domains = 0, start_time = null");
    await stage.count({ complete: 2 });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 12 });
    await stage.setBatch(`status = 'running', completed_domains = 0, start_time = ${hoursAgo(3)}`);
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 18, ended: true });
    await stage.setBatch("status = 'pending', start_time = null");
    await stage.api.batches.cancel({ batchId: stage.ids.batchId });
    expect(await stage.batch()).toMatchObject({ ten_minutes: 0, ended: true });
  });

  test("a batch of a total that nobody wrote down can be counted", async () => {
    await stage.setBatch("total_domains = 0");
    await stage.count({ complete: 1 });
    expect(await stage.batch()).toMatchObject({ status: "complete", progress: 1 });
  });

  test("its beginning is the first claim's, and stays", async () => {
    const { start_time: first } = await stage.batch();
    expect(first).toEqual(expect.any(String));
    await stage.setBatch("start_time = start_time - interval '1 hour'");
    const { start_time: earlier } = await stage.batch();
    await stage.start(2);
    expect(await stage.batch()).toMatchObject({ start_time: earlier });
  });
});
