import { permitted, router } from "../trpc/trpc.ts";
import { orderQueue } from "./order-queue.ts";
import { queueInput } from "./queue.contract.ts";

export const queueRouter = router({
  pause: permitted("platform:queue")
    .input(queueInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => orderQueue(tx, ctx, { ...input, move: "pause" })),
    ),

  resume: permitted("platform:queue")
    .input(queueInput)
    .mutation(({ ctx, input }) =>
      ctx.db.transaction((tx) => orderQueue(tx, ctx, { ...input, move: "resume" })),
    ),
});
