import { beforeEach, expect, test } from "vitest";
import { createSharedLookup, type SharedLookup } from "./shared-lookup.ts";

let lookup: SharedLookup;
let asked: PromiseWithResolvers<string>[];
const ask = (): Promise<string> => {
  const answer = Promise.withResolvers<string>();
  asked.push(answer);
  return answer.promise;
};
const look = (of = "key") => lookup(of, ask);
beforeEach(() => {
  lookup = createSharedLookup();
  asked = [];
});

test("who comes while it is being asked is told what is asked afterwards, once for all of them", async () => {
  const first = look();
  const later = [look(), look(), look()];
  expect(asked).toHaveLength(1);
  asked[0]!.resolve("before");
  expect(await first).toBe("before");
  await expect.poll(() => asked).toHaveLength(2);
  const last = look();
  asked[1]!.resolve("after");
  expect(await Promise.all(later)).toEqual(["after", "after", "after"]);
  await expect.poll(() => asked).toHaveLength(3);
  asked[2]!.resolve("in the end");
  expect(await last).toBe("in the end");
});

test("others are asked for by themselves", async () => {
  const both = [look("one"), look("two")];
  expect(asked).toHaveLength(2);
  for (const [at, answer] of asked.entries()) answer.resolve(String(at));
  expect(await Promise.all(both)).toEqual(["0", "1"]);
});

test("what could not be asked is asked again by those who came meanwhile", async () => {
  const first = look();
  const later = look();
  asked[0]!.reject(new Error("database away"));
  await expect(first).rejects.toThrow("away");
  await expect.poll(() => asked).toHaveLength(2);
  asked[1]!.resolve("there");
  expect(await later).toBe("there");
});

test("nothing is kept of what was answered", async () => {
  const first = look();
  asked[0]!.resolve("before");
  expect(await first).toBe("before");
  const second = look();
  expect(asked).toHaveLength(2);
  asked[1]!.resolve("after");
  expect(await second).toBe("after");
});
