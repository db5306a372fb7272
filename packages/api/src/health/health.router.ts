import { withDeadline } from "@scrapersky/db";
import { open, permitted, router } from "../trpc/trpc.ts";
import { DomainError } from "../errors/domain-error.ts";
import { checkDatabase } from "./check-database.ts";
import { getPlatformHealth } from "./get-platform-health.ts";

/** Deadline of each statement that looks at the platform. */
const PROBE_MS = 2_000;

export const healthRouter = router({
  /** The process answers. */
  live: open.query(() => ({ status: "ok" as const })),

  /** The process can do its work: UNAVAILABLE otherwise. */
  ready: open.query(async ({ ctx }) => {
    const { pooled } = await checkDatabase(ctx.health);
    if (pooled.status !== "ok") {
      throw new DomainError("UNAVAILABLE", "The database cannot be reached.", {
        retryAfterMs: 5000,
      });
    }
    return {
      status: "ok" as const,
      schema: await ctx.health.findSchema(withDeadline(ctx.db, PROBE_MS)),
    };
  }),

  database: permitted("platform:health").query(({ ctx }) => checkDatabase(ctx.health)),

  overview: permitted("platform:health").query(({ ctx }) =>
    getPlatformHealth(withDeadline(ctx.db, PROBE_MS), ctx.health, ctx.queue),
  ),
});
