import { defineMachine } from "../state/machine.state.ts";

/** The removal of a tenant that was deleted: `app.tenant_removals.state`. The row goes with the tenant. */
export const TENANT_REMOVAL = defineMachine({
  open: ["asked", "removing"],
  ended: [],
  begins: { delete: "asked" },
  moves: {
    restore: { from: ["asked"], to: null },
    begin: { from: ["asked"], to: "removing" },
    finish: { from: ["removing"], to: null },
  },
});
