import { defineMachine } from "../state/machine.state.ts";

/**
 * One try of a job: `app.job_attempts.outcome`. Its moves have the names of the job's, with which they are made.
 * A number that is offered again begins anew, so that its domain is not lost.
 */
export const ATTEMPT = defineMachine({
  open: ["running"],
  ended: ["done", "failed", "retry", "cancelled", "lost"],
  begins: { claim: "running" },
  moves: {
    complete: { from: ["running"], to: "done" },
    fail: { from: ["running"], to: "failed" },
    retry: { from: ["running"], to: "retry" },
    // As if it had never been: the next claim has its number.
    giveBack: { from: ["running"], to: null },
    // Kept, so that its number is used: whoever is at the site may not know of it yet.
    pause: { from: ["running"], to: "cancelled" },
    lose: { from: ["running"], to: "lost" },
    cancel: { from: ["running"], to: "cancelled" },
  },
});
