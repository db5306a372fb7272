import { ONE_SNAPSHOT, permitted, router } from "../trpc/trpc.ts";
import { checkDrift } from "./check-drift.ts";
import { driftIgnoreInput, driftKeyInput } from "./drift.contract.ts";
import { getDrift } from "./get-drift.ts";
import { heedDrift } from "./heed-drift.ts";
import { ignoreDrift } from "./ignore-drift.ts";
import { listDriftChanges } from "./list-drift-changes.ts";

const reads = permitted("platform:db.read");
const decides = permitted("platform:db.ack");

export const driftRouter = router({
  now: reads.query(({ ctx }) => ctx.db.transaction(getDrift, ONE_SNAPSHOT)),

  history: reads.query(({ ctx }) => listDriftChanges(ctx.db)),

  /** Keeps what is found now. */
  check: reads.mutation(({ ctx }) => ctx.db.transaction((tx) => checkDrift(tx, ctx))),

  ignore: decides
    .input(driftIgnoreInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => ignoreDrift(tx, ctx, input))),

  heed: decides
    .input(driftKeyInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => heedDrift(tx, ctx, input.key))),
});
