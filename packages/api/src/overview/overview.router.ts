import { permitted, router } from "../trpc/trpc.ts";
import { getHealth } from "./get-health.ts";
import { getNumbers } from "./get-numbers.ts";
import { getReasons } from "./get-reasons.ts";

export const overviewRouter = router({
  numbers: permitted("overview:read").query(({ ctx }) => getNumbers(ctx.db, ctx.actor.tenantId)),
  reasons: permitted("overview:read").query(({ ctx }) => getReasons(ctx.db, ctx.actor.tenantId)),
  health: permitted("overview:read").query(({ ctx }) => getHealth(ctx.db, ctx.actor.tenantId)),
});
