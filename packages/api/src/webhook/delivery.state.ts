import { defineMachine } from "../state/machine.state.ts";

/** One event on its way to one webhook: `app.webhook_deliveries.state`. */
export const DELIVERY = defineMachine({
  open: ["pending", "sending"],
  ended: ["delivered", "failed"],
  begins: { tell: "pending" },
  moves: {
    // Of one that is being sent the next worker's, after one that vanished.
    claim: { from: ["pending", "sending"], to: "sending" },
    deliver: { from: ["sending"], to: "delivered" },
    retry: { from: ["sending"], to: "pending" },
    // By a worker that is told to stop.
    giveBack: { from: ["sending"], to: "pending" },
    giveUp: { from: ["sending"], to: "failed" },
    // With its webhook, which was disabled.
    withdraw: { from: ["pending", "sending"], to: "failed" },
  },
  reopens: {
    replay: { from: ["delivered", "failed"], to: "pending" },
  },
});
