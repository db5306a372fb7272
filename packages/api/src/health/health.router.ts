import { open, permitted, router } from "../trpc/trpc.ts";
import { DomainError } from "../errors/domain-error.ts";
import { checkDatabase } from "./check-database.ts";

export const healthRouter = router({
  /** The process answers. */
  live: open.query(() => ({ status: "ok" as const })),

  /** The process can do its work: UNAVAILABLE otherwise. */
  ready: open.query(async ({ ctx }) => {
    const { pooled } = await checkDatabase(ctx.database);
    if (pooled.status !== "ok") {
      throw new DomainError("UNAVAILABLE", "The database cannot be reached.", {
        retryAfterMs: 5000,
      });
    }
    return { status: "ok" as const };
  }),

  database: permitted("platform:health").query(({ ctx }) => checkDatabase(ctx.database)),
});
