import { defineMachine } from "../state/machine.state.ts";

/** The removal of a batch that was deleted: `app.batch_removals.state`. The row goes with the batch. */
export const REMOVAL = defineMachine({
  open: ["asked", "removing"],
  ended: [],
  begins: { delete: "asked" },
  moves: {
    restore: { from: ["asked"], to: null },
    begin: { from: ["asked"], to: "removing" },
    finish: { from: ["removing"], to: null },
  },
});
