import {
  currentTags,
  type TransactionOptions,
  withDeadline,
  withStatementTags,
} from "@scrapersky/db";
import { inSpan } from "@scrapersky/db/observe";
import { initTRPC } from "@trpc/server";
import { DEADLINES_MS } from "../deadlines.ts";
import { noteRefusal } from "../audit/note-refusal.ts";
import { DomainError, notFound } from "../errors/domain-error.ts";
import { describeError, toTrpcError } from "../errors/error-mapping.ts";
import type { Permission } from "../rbac/permissions.ts";
import { requirePermission } from "../rbac/require-permission.ts";
import { IDEMPOTENT_CALLS } from "../wire.contract.ts";
import type { Context } from "./context.ts";
import type { ProcedureMeta } from "./procedure-meta.ts";

const SSE_PING_MS = 15_000;
const SSE_SILENCE_MAX_MS = 20_000;
/** A stream ends after this long, and its listener comes back. */
const SSE_DURATION_MAX_MS = 10 * 60_000;

const t = initTRPC
  .context<Context>()
  .meta<ProcedureMeta>()
  .create({
    isDev: false,
    sse: {
      ping: { enabled: true, intervalMs: SSE_PING_MS },
      client: { reconnectAfterInactivityMs: SSE_SILENCE_MAX_MS },
      maxDurationMs: SSE_DURATION_MAX_MS,
    },
    errorFormatter({ shape, error, ctx }) {
      const safe = describeError(error);
      const isOwn = safe.code !== "INTERNAL";
      // What tRPC refuses by itself, such as an unknown path, says nothing of ours.
      const isProtocol = !isOwn && error.code !== "INTERNAL_SERVER_ERROR";
      return {
        ...shape,
        message: isProtocol ? shape.message : safe.message,
        data: {
          code: shape.data.code,
          httpStatus: shape.data.httpStatus,
          path: shape.data.path,
          // Without a context the caller could not be told, but the request has its id all the same.
          requestId: ctx?.requestId ?? currentTags()?.tags.requestId ?? null,
          errorCode: safe.details.errorCode ?? (isOwn ? safe.code : shape.data.code),
          fieldErrors: safe.details.fieldErrors,
          retryAfterMs: safe.details.retryAfterMs,
        },
      };
    },
  });

/** Rules throw `DomainError`; here, and only here, it becomes what tRPC speaks. */
const mapErrors = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok) throw toTrpcError(result.error);
  return result;
});

/** Who is refused for a right that lacks stands in the log beside those who were not. */
const noteRefusals = t.middleware(async ({ ctx, path, next }) => {
  const result = await next();
  if (!result.ok && ctx.actor && result.error.code === "FORBIDDEN") {
    const { errorCode } = describeError(result.error).details;
    await noteRefusal(ctx.db, { ...ctx, actor: ctx.actor }, { action: path, errorCode }).catch(
      (fault: unknown) => {
        throw toTrpcError(fault);
      },
    );
  }
  return result;
});

/** Every statement of a procedure says in a comment which procedure sent it, for which request; its span is below the procedure's. */
const tagStatements = t.middleware(({ ctx, path, next }) =>
  withStatementTags({ requestId: ctx.requestId, procedure: path }, () =>
    inSpan(path, {}, async (span) => {
      const result = await next();
      if (!result.ok) span.fail(result.error.code);
      return result;
    }),
  ),
);

/** What reads is stopped earlier than what writes. */
const keepDeadlines = t.middleware(({ ctx, type, meta, next }) => {
  const deadline = meta?.deadline ?? (type === "mutation" ? "write" : "read");
  return next({ ctx: { db: withDeadline(ctx.db, DEADLINES_MS[deadline]) } });
});

/** The key of a request is its call's, unless the input has one. */
const takeKey = t.middleware(async ({ ctx, path, getRawInput, next }) => {
  if (!IDEMPOTENT_CALLS.includes(path)) return next();
  const { idempotencyKey, onReplayed } = ctx;
  const result = await next({
    getRawInput: async () => {
      const input = await getRawInput();
      if (idempotencyKey === undefined || typeof input !== "object") return input;
      return { idempotencyKey, ...input };
    },
  });
  if (result.ok && (result.data as { replayed?: unknown }).replayed === true) onReplayed?.();
  return result;
});

export const { router, createCallerFactory } = t;

/** Open to everybody. Only for what says nothing about anybody. */
export const open = t.procedure
  .use(tagStatements)
  .use(noteRefusals)
  .use(mapErrors)
  .use(keepDeadlines)
  .use(takeKey);

/** Needs somebody signed in, in a tenant. */
export const signedIn = open.meta({ permission: null }).use(({ ctx, next }) => {
  if (ctx.isForeignTenant) throw notFound("Tenant");
  if (!ctx.actor) throw new DomainError("UNAUTHORIZED", "Not authenticated");
  return next({ ctx: { actor: ctx.actor } });
});

/** Needs this one permission in the caller's tenant. */
export const permitted = (permission: Permission) =>
  signedIn.meta({ permission }).use(({ ctx, next }) => {
    requirePermission(ctx.actor, permission);
    return next();
  });

/** For reads of several statements that must agree with each other. */
export const ONE_SNAPSHOT = {
  isolation: "repeatable read",
  readOnly: true,
} as const satisfies TransactionOptions;
