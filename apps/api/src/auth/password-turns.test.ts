import { expect, test } from "vitest";
import { createPasswordTurns } from "./password-turns.ts";

/** Looks that end when told to, and who began one. */
function begin(atOnce: number) {
  const turn = createPasswordTurns(atOnce);
  const begun: string[] = [];
  const ends: Promise<unknown>[] = [];
  const running: ((fault?: Error) => void)[] = [];
  return {
    begun,
    ends,
    come: (network: string) => {
      const look = () =>
        new Promise<void>((resolve, reject) => {
          begun.push(network);
          running.push((fault) => (fault ? reject(fault) : resolve()));
        });
      ends.push(turn(network, look).catch((fault: Error) => fault.message));
    },
    /** The one that began first ends, and whoever is called next begins. */
    end: async (fault?: Error) => {
      running.shift()?.(fault);
      await new Promise((resolve) => setImmediate(resolve));
    },
  };
}

test("as many are looked at as may be, and the next one when one has ended, however it did", async () => {
  const turns = begin(2);
  for (let each = 0; each < 4; each++) turns.come("a");
  expect(turns.begun).toHaveLength(2);
  await turns.end(new Error("the database is away"));
  expect(turns.begun).toHaveLength(3);
  for (let each = 0; each < 3; each++) await turns.end();
  expect(turns.begun).toHaveLength(4);
  expect(await Promise.all(turns.ends)).toEqual([
    "the database is away",
    undefined,
    undefined,
    undefined,
  ]);
  turns.come("a");
  turns.come("a");
  expect(turns.begun).toHaveLength(6);
});

test("whoever floods from one network keeps no other one waiting for more than one turn", async () => {
  const turns = begin(1);
  for (let each = 0; each < 5; each++) turns.come("flood");
  turns.come("one");
  turns.come("two");
  turns.come("one");
  for (let each = 0; each < 8; each++) await turns.end();
  expect(turns.begun).toEqual("flood flood one two flood one flood flood".split(" "));
});
