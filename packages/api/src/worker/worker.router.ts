import { permitted, router } from "../trpc/trpc.ts";
import { orderWorker } from "./order-worker.ts";
import { workerInput } from "./worker.contract.ts";

export const workerRouter = router({
  drain: permitted("platform:queue")
    .input(workerInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => orderWorker(tx, ctx, { ...input, move: "drain" })),
    ),

  resume: permitted("platform:queue")
    .input(workerInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => orderWorker(tx, ctx, { ...input, move: "resume" })),
    ),
});
