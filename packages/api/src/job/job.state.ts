import { defineMachine } from "../state/machine.state.ts";

/** One domain of a batch: `jobs.status`. */
export const JOB = defineMachine({
  open: ["pending", "running"],
  ended: ["complete", "failed", "cancelled"],
  // A line that names no web site is refused before it could start.
  begins: { submit: "pending", refuse: "failed" },
  moves: {
    // From running once more: the worker before vanished, or its message was offered a second time.
    claim: { from: ["pending", "running"], to: "running" },
    complete: { from: ["running"], to: "complete" },
    fail: { from: ["running"], to: "failed" },
    retry: { from: ["running"], to: "pending" },
    giveBack: { from: ["running"], to: "pending" },
    // With its batch: whoever is at the site leaves, and the try does not count.
    pause: { from: ["running"], to: "pending" },
    // The queue may lose a job whose start was never recorded.
    lose: { from: ["pending", "running"], to: "failed" },
    // One whose worker vanished before it was at the site: nobody has tried it.
    spare: { from: ["pending", "running"], to: "pending" },
    cancel: { from: ["pending", "running"], to: "cancelled" },
  },
  reopens: {
    // A complete one is scanned again by another batch: what it found stays found.
    again: { from: ["failed", "cancelled"], to: "pending" },
  },
});
