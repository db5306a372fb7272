import { defineMachine } from "../state/machine.state.ts";

/** A list that is sent to whoever asked: `app.exports.status`. It counts once its last byte was sent. */
export const EXPORT = defineMachine({
  open: ["running"],
  ended: ["complete", "abandoned", "failed"],
  begins: { ask: "running" },
  moves: {
    finish: { from: ["running"], to: "complete" },
    // By its reader, before the last byte.
    abandon: { from: ["running"], to: "abandoned" },
    fail: { from: ["running"], to: "failed" },
  },
});
