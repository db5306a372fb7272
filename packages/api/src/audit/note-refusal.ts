import type { Executor } from "@scrapersky/db";
import type { Caller } from "../rbac/actor.ts";
import { sourceOf } from "./record-audit.ts";
import { noteCounted } from "./note-counted.ts";

/** Notes that somebody was refused: with what they asked for, and what they lacked. */
export const noteRefusal = (
  executor: Executor,
  caller: Caller,
  { action, errorCode }: { action: string; errorCode: string | undefined },
): Promise<void> =>
  noteCounted(executor, {
    who: caller.actor.id,
    tenantId: caller.actor.tenantId,
    actorId: caller.actor.id,
    action,
    target: null,
    outcome: "refused",
    requestId: caller.requestId,
    source: sourceOf(caller),
    detail: errorCode === undefined ? {} : { code: errorCode },
  });
