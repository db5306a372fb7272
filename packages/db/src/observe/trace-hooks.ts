import {
  type Attributes,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";
import type { DatabaseHooks } from "../session/config/hooks.ts";

export interface TraceHooksOptions {
  /** Default: the tracer `@scrapersky/db` of the provider the program registered; none: no spans. */
  tracer?: Tracer | undefined;
  /** A wait for a connection becomes a span when it took at least this long, milliseconds. Default 1. */
  waitMinMs?: number | undefined;
  /** False: what is asked for outside of any span makes none. Default true. */
  alone?: boolean | undefined;
}

const WAIT_MIN_MS = 1;
const SYSTEM = { "db.system.name": "postgresql" };

/**
 * Spans for statements, transactions and noticeable waits for a connection, made when they are over,
 * as children of the span in whose context the work was asked for. Retries and replaced connections
 * are events of that span, or short spans of their own when nobody's work was under way.
 * Attribute names are those of the semantic conventions; the text of a statement is never one.
 */
export function traceHooks({
  tracer = trace.getTracer("@scrapersky/db"),
  waitMinMs = WAIT_MIN_MS,
  alone = true,
}: TraceHooksOptions = {}): Required<
  Pick<DatabaseHooks, "acquire" | "query" | "transaction" | "retry" | "replaced">
> {
  /** The span of something that ended just now. */
  const record = (
    name: string,
    durationMs: number,
    attributes: Attributes,
    failure: string | undefined,
    kind = SpanKind.INTERNAL,
  ): void => {
    if (!alone && trace.getActiveSpan() === undefined) return;
    const endTime = Date.now();
    const span: Span = tracer.startSpan(name, {
      kind,
      startTime: endTime - durationMs,
      attributes: { ...SYSTEM, ...attributes },
    });
    if (failure !== undefined) {
      span.setAttribute("error.type", failure);
      span.setStatus({ code: SpanStatusCode.ERROR, message: failure });
    }
    span.end(endTime);
  };
  /** Something that took no time. Pools outlive the span they were made in, which takes no more events. */
  const note = (name: string, attributes: Attributes): void => {
    const active = trace.getActiveSpan();
    if (active?.isRecording()) active.addEvent(name, attributes);
    else record(name, 0, attributes, undefined);
  };
  return {
    acquire({ waitedMs, failure }) {
      if (waitedMs < waitMinMs && failure === undefined) return;
      record("wait for a connection", waitedMs, {}, failure);
    },
    query({ name, command, rows, durationMs, failure, tags }) {
      const attributes: Attributes = {};
      if (name !== undefined) attributes["db.query.summary"] = name;
      if (command !== undefined) attributes["db.operation.name"] = command;
      if (failure === undefined) attributes["db.response.returned_rows"] = rows;
      if (tags?.requestId !== undefined) attributes["scrapersky.request_id"] = tags.requestId;
      if (tags?.procedure !== undefined) attributes["scrapersky.procedure"] = tags.procedure;
      record(name ?? command ?? "statement", durationMs, attributes, failure, SpanKind.CLIENT);
    },
    transaction({ durationMs, outcome, attempt }) {
      if (outcome === "empty") return;
      const attributes = {
        "scrapersky.transaction.outcome": outcome,
        "scrapersky.transaction.attempt": attempt,
      };
      const failure = outcome === "unknown" ? "outcome_unknown" : undefined;
      record("transaction", durationMs, attributes, failure);
    },
    retry({ what, attempt, failure, pauseMs }) {
      note("scrapersky.db.retry", {
        "scrapersky.retry.what": what,
        "scrapersky.retry.attempt": attempt,
        "scrapersky.retry.pause_ms": pauseMs,
        "error.type": failure,
      });
    },
    replaced: ({ reason }) =>
      note("scrapersky.db.connection_replaced", { "scrapersky.connection.reason": reason }),
  };
}
