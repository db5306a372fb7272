import { defineMachine } from "../state/machine.state.ts";

/**
 * What a worker is to do: `app.workers.state`. While it is draining it claims nothing more, and ends what it has. Its row goes when
 * it stops, or when nothing was heard of it for long.
 */
export const WORKER = defineMachine({
  open: ["claiming", "draining"],
  ended: [],
  begins: { start: "claiming" },
  moves: {
    drain: { from: ["claiming"], to: "draining" },
    resume: { from: ["draining"], to: "claiming" },
    leave: { from: ["claiming", "draining"], to: null },
  },
});
export type WorkerOrder = (typeof WORKER.states)[number];
