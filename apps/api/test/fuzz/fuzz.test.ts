import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { type Call, CALLS } from "./calls.ts";
import { countSteps, type StepCounter } from "./count-steps.ts";
import { fuzz, whoAsks } from "./fuzz.ts";
import { largestInput } from "./largest-input.ts";
import { knownValues } from "./known-values.ts";
import { judgeAnswer } from "./judge-answer.ts";
import { openStage, type Stage } from "./open-stage.ts";

let database: TestDatabase;
let stage: Stage;
beforeAll(async () => {
  database = await createTestDatabase();
  stage = await openStage(database.url, inject("seededUsers"));
});
afterAll(async () => {
  await stage.close();
  await database.drop();
});

// `npm run fuzz` sends two thousand. What a schema refuses and what only reads costs a millisecond, what may change something six.
const INPUTS = 100;
const ALONE = 3;
const SEED = 20_261_129;

/** As `batches`, of `batches.create` and of `GET /api/v3/batches`. */
const nounOf = ({ name }: Call): string => /(?:^|\/v3\/)([\w-]+)(?:[./]|$)/.exec(name)?.[1] ?? name;
const NOUNS = Object.entries(Object.groupBy(CALLS, nounOf));

describe("whatever is sent, nothing answers with a fault, its insides, another tenant's rows or a megabyte", () => {
  let asked = 0;
  const seen: Record<string, number> = {};

  test.each(NOUNS)("%s", async (_noun, calls = []) => {
    const found = await fuzz(stage, {
      seed: SEED,
      inputs: INPUTS,
      alone: ALONE,
      changes: 0,
      calls,
    });
    expect(found.faults).toEqual([]);
    asked += found.asked;
    for (const [status, count] of Object.entries(found.statuses)) {
      seen[status] = (seen[status] ?? 0) + count;
    }
  });

  test("and it reaches rules and rows, not only the reading of inputs", () => {
    expect(asked).toBeGreaterThan(CALLS.length * (INPUTS / 3));
    expect(seen[200]).toBeGreaterThan(asked / 10);
    expect(seen[404]).toBeGreaterThan(0);
  });
});

describe("the largest input that a schema lets through takes few steps, so that nobody waits for it", () => {
  /** Four times what any takes; a processor does a million in some milliseconds. */
  const STEPS_MAX = 1_000_000;
  let steps: StepCounter;
  beforeAll(async () => (steps = await countSteps()));
  afterAll(() => steps.close());

  test.each(NOUNS)("%s", async (_noun, calls = []) => {
    const known = knownValues(stage);
    const ask = async (call: Call) => {
      const { path, init } = call.request(largestInput(call.input, known));
      await stage.ask(await whoAsks(stage, call), path, init);
      return call.name;
    };
    const asked = calls.filter(({ isStream }) => !isStream);
    await steps.take();
    for (const call of asked) await ask(call);
    // Counting is dear: which of them it was is found alone.
    if ((await steps.take()) <= STEPS_MAX) return;
    const each: [name: string, steps: number][] = [];
    for (const call of asked) each.push([await ask(call), await steps.take()]);
    expect(each.filter(([, count]) => count > STEPS_MAX)).toEqual([]);
  });

  test("and steps are counted, however fast they are", async () => {
    const add = (numbers: number) => {
      let sum = 0;
      for (let one = 0; one < numbers; one++) sum += one;
      return sum;
    };
    await steps.take();
    add(STEPS_MAX);
    expect(await steps.take()).toBeGreaterThan(STEPS_MAX);
    add(10);
    expect(await steps.take()).toBeLessThan(STEPS_MAX / 10);
  });
});

test("what no answer may be is named", () => {
  const [id = ""] = [...stage.foreign.values];
  const judge = (status: number, text: string, sent = "") =>
    judgeAnswer({ status, text }, sent, { foreign: stage.foreign, isStaff: false });
  expect(judge(200, '{"items":[]}')).toEqual([]);
  expect(judge(500, "{}")).toEqual(["answers 500"]);
  expect(judge(422, 'relation in "select id from jobs where x"')).toHaveLength(1);
  expect(judge(404, "at handle (file:///srv/app.js:1:2)")).toHaveLength(1);
  expect(judge(200, `{"id":"${id}"}`)).toEqual([`tells another tenant's ${id}`]);
  expect(judge(404, `{"id":"${id}"}`, `GET /jobs/${id}`)).toEqual([]);
  expect(judge(200, "x".repeat(1_000_001))).toEqual(["answers 1000001 bytes"]);
});
