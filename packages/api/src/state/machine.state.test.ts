import { describe, expect, test } from "vitest";
import { BATCH } from "../batch/batch.state.ts";
import { ATTEMPT } from "../job/attempt.state.ts";
import { JOB } from "../job/job.state.ts";
import { defineMachine } from "./machine.state.ts";

const DOOR = defineMachine({
  open: ["closed", "ajar"],
  ended: ["locked", "gone"],
  begins: { build: "closed", leave: "gone" },
  moves: {
    push: { from: ["closed"], to: "ajar" },
    shut: { from: ["closed", "ajar"], to: "locked" },
    settle: { from: ["ajar"], to: ["closed", "locked"] },
    remove: { from: ["closed", "ajar"], to: null },
  },
  reopens: { unlock: { from: ["locked"], to: "closed" } },
});

test("a move is a condition on who may make it, and the state it leads to", () => {
  expect(DOOR.may("push", "d.state")).toBe("d.state = 'closed'");
  expect(DOOR.may("shut", "state")).toBe("state in ('closed', 'ajar')");
  expect(DOOR.states.map((state) => DOOR.can("shut", state))).toEqual([true, true, false, false]);
  expect([DOOR.to("push"), DOOR.begin("leave")]).toEqual(["'ajar'", "'gone'"]);
  expect(DOOR.is(["locked", "gone"], "state")).toBe("state in ('locked', 'gone')");
});

test("open states come first, and a move ends a row when it leads to an end", () => {
  expect(DOOR.states).toEqual(["closed", "ajar", "locked", "gone"]);
  expect(DOOR.states.map(DOOR.hasEnded)).toEqual([false, false, true, true]);
  expect([DOOR.ends("push"), DOOR.ends("shut")]).toEqual([false, true]);
});

test("what brings an ended row back is a condition and a state like any move", () => {
  expect([DOOR.may("unlock", "state"), DOOR.to("unlock")]).toEqual([
    "state = 'locked'",
    "'closed'",
  ]);
  expect(DOOR.states.map((state) => DOOR.can("unlock", state))).toEqual([
    false,
    false,
    true,
    false,
  ]);
  expect(DOOR.ends("unlock")).toBe(false);
});

test("the compiler refuses a move out of an end, to nowhere, or to a state of several as if it were one", () => {
  const places = { open: ["on"], ended: ["off"], begins: { make: "on" } } as const;
  // @ts-expect-error: nothing leaves an end state
  defineMachine({ ...places, moves: { wake: { from: ["off"], to: "on" } } });
  // @ts-expect-error: only what has ended is brought back
  defineMachine({ ...places, moves: {}, reopens: { wake: { from: ["on"], to: "on" } } });
  // @ts-expect-error: no such state
  defineMachine({ ...places, moves: { leave: { from: ["on"], to: "away" } } });
  // @ts-expect-error: no such beginning
  defineMachine({ ...places, begins: { make: "made" }, moves: {} });
  // @ts-expect-error: a rule chooses where it leads
  expect(() => DOOR.to("settle")).not.toThrow();
  // @ts-expect-error: no such state
  expect(DOOR.is("open", "state")).toBe("state = 'open'");
});

describe.each(Object.entries({ JOB, ATTEMPT, BATCH }))("%s", (_, machine) => {
  const open: readonly string[] = machine.open;
  const ended: readonly string[] = machine.ended;
  const states: readonly string[] = machine.states;
  const moves: readonly { from: readonly string[]; to: string | readonly string[] | null }[] =
    Object.values(machine.moves);
  const targets = moves.flatMap(({ to }) => to ?? []);

  test("its states are different words, safe in a text", () => {
    expect(new Set(states).size).toBe(states.length);
    for (const state of states) expect(state).toMatch(/^[a-z]+$/);
  });

  test("nothing leaves an end state, whatever the compiler was told", () => {
    for (const { from } of moves) for (const state of from) expect(open).toContain(state);
    expect(open.filter((state) => ended.includes(state))).toEqual([]);
  });

  test("every state is reached, and every open one can end", () => {
    expect(new Set([...Object.values(machine.begins), ...targets])).toEqual(new Set(states));
    for (const state of open) {
      const reached = moves
        .filter(({ from }) => from.includes(state))
        .flatMap(({ to }) => to ?? []);
      expect(
        reached.some((to) => ended.includes(to)),
        state,
      ).toBe(true);
    }
  });
});
