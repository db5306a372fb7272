import type { Attributes, Context } from "@opentelemetry/api";
import type { ReadableSpan, Span, SpanProcessor } from "@opentelemetry/sdk-trace-base";

/** Of what Next says of its work: never an address, which names tenants and what somebody looks for. */
const TOLD = new Set([
  "http.method",
  "http.route",
  "http.status_code",
  "next.route",
  "next.rsc",
  "next.span_type",
  "error.type",
]);
/** Asked all day, or files. */
const LEFT_OUT = /^\/(health|_next)(\/|$)/;
/** Named after method and route; the others have addresses in their names. */
const REQUEST = "BaseServer.handleRequest";

/** Passes on what Next says of its work, without addresses, messages and what is asked all the time. */
export function plainSpans(next: SpanProcessor): SpanProcessor {
  /** Traces of this process that are nobody's business, by the span that began them here. */
  const leftOut = new Map<string, string>();
  return {
    onStart(span: Span, above: Context) {
      const { traceId, spanId } = span.spanContext();
      const target = span.attributes["http.target"];
      if (typeof target === "string" && LEFT_OUT.test(target) && !leftOut.has(traceId))
        leftOut.set(traceId, spanId);
      next.onStart(span, above);
    },
    onEnd(span) {
      const { traceId, spanId } = span.spanContext();
      const beganBy = leftOut.get(traceId);
      if (beganBy === spanId) leftOut.delete(traceId);
      if (beganBy === undefined) next.onEnd(plain(span));
    },
    forceFlush: () => next.forceFlush(),
    shutdown: () => next.shutdown(),
  };
}

function plain(span: ReadableSpan): ReadableSpan {
  const attributes: Attributes = {};
  for (const [key, value] of Object.entries(span.attributes))
    if (TOLD.has(key)) attributes[key] = value;
  const type = attributes["next.span_type"];
  return Object.create(span, {
    name: { value: type === undefined || type === REQUEST ? span.name : type },
    attributes: { value: attributes },
    status: { value: { code: span.status.code } },
    events: { value: [] },
  }) as ReadableSpan;
}
