import { isDeepStrictEqual } from "node:util";
import { afterEach, describe, expect, test, vi } from "vitest";
import type { Stage } from "./stage.ts";

// The promises are worth something when a mutant of a machine breaks them. A verb's statements hold no move but its
// own and each verb is tried from each state by itself, so that many mutants can be tried at once.

let opened: Stage | undefined;
afterEach(async () => {
  await opened?.world.close();
  // The files that come after this one get the program as it is.
  vi.resetModules();
});

interface Mutable {
  states: readonly string[];
  moves: Record<string, { from: readonly string[]; to: string | readonly string[] | null }>;
  reopens?: Mutable["moves"];
  stays?: Record<string, { from: readonly string[] }>;
}
type Name = "JOB" | "ATTEMPT" | "BATCH";

/** Loads the program anew, its statements made from a machine that is changed before, and tries every move. */
async function findBroken(name: Name, mutate: (machine: Mutable) => void) {
  vi.resetModules();
  const batch = await import("../src/batch/batch.state.ts");
  const { ATTEMPT } = await import("../src/job/attempt.state.ts");
  const { JOB } = await import("../src/job/job.state.ts");
  const machine = { JOB, ATTEMPT, BATCH: batch.BATCH }[name] as unknown as Mutable;
  mutate(machine);
  if (name === "BATCH") endAs(batch.BATCH_ENDINGS, machine);
  const promises = await import("./promises.ts");
  const stage = await (await import("./stage.ts")).openStage();
  opened = stage;
  await stage.reset();
  const trials = {
    JOB: () => tryEach(promises.JOB_MOVES, (move) => promises.tryMoveOfJob(stage, move)),
    ATTEMPT: () =>
      tryEach(promises.ATTEMPT_MOVES, (move) => promises.tryMoveOfAttempt(stage, move)),
    BATCH: () => tryEach(promises.BATCH_MOVES, (move) => promises.tryMoveOfBatch(stage, move)),
  };
  return trials[name]();
}

async function tryEach<Move extends { verb: string; from: string; leads: boolean }>(
  moves: readonly Move[],
  run: (move: Move) => Promise<{ seen: unknown; promised: unknown }>,
) {
  const tried: { move: string; verb: string; leads: boolean; broken: boolean }[] = [];
  for (const move of moves) {
    const { verb, from, leads } = move;
    const broken = await run(move).then(
      ({ seen, promised }) => !isDeepStrictEqual(seen, promised),
      // The checks of app.job_attempts refuse some mutants by themselves.
      () => true,
    );
    tried.push({ move: `${verb}, from ${from}`, verb, leads, broken });
  }
  return tried;
}

/** Every move may be made from where it may not, and from nowhere else. */
function turnRound({ moves, reopens = {}, stays = {}, states }: Mutable): void {
  for (const move of Object.values({ ...moves, ...reopens, ...stays })) {
    move.from = states.filter((state) => !move.from.includes(state));
  }
}

const next = (states: readonly string[], state: string): string =>
  states[(states.indexOf(state) + 1) % states.length]!;

/** Every move leads to the state after the one it should lead to. */
function leadAstray({ moves, reopens = {}, states }: Mutable): void {
  for (const move of Object.values({ ...moves, ...reopens })) {
    if (typeof move.to === "string") move.to = next(states, move.to);
    else if (move.to !== null) move.to = move.to.map((to) => next(states, to));
  }
}

/** The rule of a batch's counters leads where the move to its ends now does. */
function endAs(endings: readonly { to: string }[], { moves }: Mutable): void {
  for (const [index, to] of (moves["finish"]!.to as readonly string[]).entries()) {
    (endings[index] as { to: string }).to = to;
  }
}

const MACHINES: { name: Name; others: string[] }[] = [
  // A claim that comes too late is refused by its number, whatever state it meets.
  { name: "JOB", others: ["an earlier claim"] },
  // A number that is offered again is no move but a beginning.
  {
    name: "ATTEMPT",
    others: [
      "an earlier claim",
      "a second offer of the same attempt",
      // A job that runs is none, and what was tried of one that is over stays.
      "a person who lets it run again",
    ],
  },
  { name: "BATCH", others: [] },
];

describe.each(MACHINES)("$name", ({ name, others }) => {
  test("a move too many and one too few each break the promise of that move", async () => {
    const tried = await findBroken(name, turnRound);
    const decided = tried.filter(({ verb }) => !others.includes(verb));
    expect(decided.length).toBeGreaterThan(30);
    expect(decided.filter(({ broken }) => !broken)).toEqual([]);
  });

  test("a move that leads elsewhere breaks the promise of that move", async () => {
    const tried = await findBroken(name, leadAstray);
    const leading = tried.filter(({ leads, verb }) => leads && !others.includes(verb));
    expect(leading.length).toBeGreaterThan(4);
    expect(leading.filter(({ broken }) => !broken)).toEqual([]);
  });
});

test("a complete job that may run again is found, and nothing else is", async () => {
  const tried = await findBroken("JOB", ({ moves }) => {
    moves["claim"]!.from = [...moves["claim"]!.from, "complete"];
  });
  expect(tried.filter(({ broken }) => broken).map(({ move }) => move)).toEqual([
    "a claim, from complete",
    "a second offer of the same attempt, from complete",
  ]);
});
