import { defineMachine } from "../state/machine.state.ts";

/**
 * Whether jobs of an open batch are sent to the queue: `app.batch_windows.state`. The batch itself is pending or running
 * meanwhile; its window goes when it is over, paused or not.
 */
export const WINDOW = defineMachine({
  open: ["filling", "paused"],
  ended: [],
  begins: { submit: "filling" },
  moves: {
    pause: { from: ["filling"], to: "paused" },
    resume: { from: ["paused"], to: "filling" },
    close: { from: ["filling", "paused"], to: null },
  },
});
