import { defineMachine } from "../state/machine.state.ts";

/** Where a tenant's programs are told of what happens: `app.webhooks.state`. */
export const WEBHOOK = defineMachine({
  open: ["active", "inactive"],
  ended: [],
  begins: { create: "active" },
  moves: {
    disable: { from: ["active"], to: "inactive" },
    // The receiver says that there is nothing any more (410).
    goneAway: { from: ["active"], to: "inactive" },
    // After several deliveries in a row that were given up: somebody has to look.
    giveUp: { from: ["active"], to: "inactive" },
    enable: { from: ["inactive"], to: "active" },
    delete: { from: ["active", "inactive"], to: null },
  },
});
