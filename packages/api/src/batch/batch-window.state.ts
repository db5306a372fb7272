import { defineMachine } from "../state/machine.state.ts";

/**
 * Whether jobs of an open batch are sent to the queue: `app.batch_windows.state`. The batch itself is pending or running
 * meanwhile; its window goes when it is over, paused or not. Of one that is cancelling nothing runs any more, and only the
 * rows of its waiting jobs have to follow.
 */
export const WINDOW = defineMachine({
  open: ["filling", "paused", "cancelling"],
  ended: [],
  begins: { submit: "filling" },
  moves: {
    pause: { from: ["filling"], to: "paused" },
    resume: { from: ["paused"], to: "filling" },
    cancel: { from: ["filling", "paused"], to: "cancelling" },
    close: { from: ["filling", "paused", "cancelling"], to: null },
  },
});
