import { createTestDatabase, type TestDatabase } from "@scrapersky/testing/database";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { CALLS } from "./calls.ts";
import { fuzz } from "./fuzz.ts";
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

// `npm run fuzz` sends two thousand.
const INPUTS = 3;
const SEED = 20_261_129;

test("whatever is sent, nothing answers with a fault, its insides, another tenant's rows or a megabyte", async () => {
  const { asked, statuses, faults } = await fuzz(stage, { seed: SEED, inputs: INPUTS });
  expect(faults).toEqual([]);
  expect(asked).toBeGreaterThan(CALLS.length);
  // It reaches rules and rows, not only the reading of inputs.
  expect(statuses[200]).toBeGreaterThan(asked / 10);
  expect(statuses[404]).toBeGreaterThan(0);
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
