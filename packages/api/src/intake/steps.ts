/** Work that pauses between its slices, by yielding undefined, so that whoever drives it can do something else. */
export type Steps<Result> = Generator<undefined, Result, undefined>;

/** Drives it to its end without a pause. */
export function runSteps<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}

/** Drives it to its end and lets everything else that waits have its turn in each pause. */
export async function runStepsInTurn<Result>(steps: Steps<Result>): Promise<Result> {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await new Promise((resolve) => setTimeout(resolve, 0));
  }
}

/** Items in their order, at most so many at a time. */
export function* slicesOf<Item>(items: readonly Item[], most: number): Generator<Item[], void> {
  for (let at = 0; at < items.length; at += most) yield items.slice(at, at + most);
}
