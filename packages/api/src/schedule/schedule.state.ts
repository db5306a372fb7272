import { defineMachine } from "../state/machine.state.ts";

/** What runs again by itself: `app.schedules.status`. Its runs are single moments, which end as they begin. */
export const SCHEDULE = defineMachine({
  open: ["active", "paused"],
  ended: [],
  begins: { create: "active" },
  moves: {
    pause: { from: ["active"], to: "paused" },
    // After several runs in a row that failed: somebody has to look.
    giveUp: { from: ["active"], to: "paused" },
    resume: { from: ["paused"], to: "active" },
    delete: { from: ["active", "paused"], to: null },
  },
});
