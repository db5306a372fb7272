import { afterAll, beforeAll, expect, test } from "vitest";
import { OWNER, type Stack, startStack } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

test("twenty calls of 100,000 wrong elements each are refused in few words", async () => {
  const wrong = Array(100_000).fill(1);
  const path = `/api/trpc/${Array(20).fill("batches.create").join(",")}?batch=1`;
  const call = { domains: wrong, reuse: wrong };
  const calls = Object.fromEntries(Array.from({ length: 20 }, (_, at) => [at, call]));
  const refused = await stack.post(path, JSON.stringify(calls), OWNER);
  expect(refused.status).toBe(400);
  const text = await refused.text();
  expect(text.length).toBeLessThan(100_000);
  expect(JSON.parse(text)).toHaveLength(20);
});
