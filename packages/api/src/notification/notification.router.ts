import { permitted, router } from "../trpc/trpc.ts";
import { listNotifications } from "./list-notifications.ts";
import { markRead } from "./mark-read.ts";
import { markReadInput } from "./notification.contract.ts";

export const notificationRouter = router({
  /** The newest of the caller's own. */
  latest: permitted("batches:read").query(({ ctx }) => listNotifications(ctx.db, ctx.actor)),

  markRead: permitted("batches:read")
    .input(markReadInput)
    .mutation(({ ctx, input }) => ctx.db.transaction((tx) => markRead(tx, ctx, input))),
});
