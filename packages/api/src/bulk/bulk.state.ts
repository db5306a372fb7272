import { defineMachine } from "../state/machine.state.ts";

/** One act on many rows: `app.bulk_actions.status`. */
export const BULK = defineMachine({
  open: ["pending", "running", "undoing"],
  ended: ["complete", "cancelled", "stopped", "undone"],
  begins: { start: "pending" },
  moves: {
    begin: { from: ["pending"], to: "running" },
    finish: { from: ["running"], to: "complete" },
    // What was done until then stays.
    cancel: { from: ["pending", "running"], to: "cancelled" },
    // Whoever began it may not do it any more.
    stop: { from: ["pending", "running"], to: "stopped" },
    restore: { from: ["undoing"], to: "undone" },
  },
  reopens: {
    undo: { from: ["complete", "cancelled"], to: "undoing" },
  },
});
