// Spans of a program, once it keeps them (`startTracing`). Until then each of these functions does nothing but the work it was given.
import {
  type Attributes,
  type Context,
  context,
  isSpanContextValid,
  ROOT_CONTEXT,
  type Span,
  type SpanContext,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from "@opentelemetry/api";

let tracer: Tracer | undefined;

/** From now on spans are made by this tracer; undefined: none any more. */
export const keepSpans = (by: Tracer | undefined): void => void (tracer = by);

/** What is open, for whoever works in it. */
export interface OpenSpan {
  rename(name: string): void;
  note(attributes: Attributes): void;
  /** @param what a short word from a closed list, never a message */
  fail(what: string): void;
}

const KINDS = { entry: SpanKind.SERVER, inside: SpanKind.INTERNAL, exit: SpanKind.CLIENT };

export interface SpanOptions {
  /** `entry`: somebody outside of this program asked; `exit`: this program asks somebody. */
  kind?: keyof typeof KINDS;
  /** `traceparent` of whoever asked, when that was elsewhere; what is none is not looked at. */
  parent?: string | undefined;
  /** The same of others that this work is for as well. */
  links?: readonly (string | undefined)[];
  attributes?: Attributes;
}

export interface EndedSpan extends SpanOptions {
  /** A short word from a closed list, never a message. */
  failure?: string | undefined;
}

const NOTHING: OpenSpan = { rename() {}, note() {}, fail() {} };
const LINKS_MAX = 128;

/**
 * Works inside a span: below that of `parent`, else below the one that is open here. It ends with the work, as failed when that
 * throws.
 */
export async function inSpan<T>(
  name: string,
  { kind = "inside", parent, links = [], attributes = {} }: SpanOptions,
  work: (span: OpenSpan) => Promise<T>,
): Promise<T> {
  if (tracer === undefined) return work(NOTHING);
  const above = contextOf(parent) ?? context.active();
  const span = tracer.startSpan(
    name,
    { kind: KINDS[kind], links: linksTo(links), attributes },
    above,
  );
  const fail = (what: string) => failed(span, what);
  const open: OpenSpan = {
    rename: (to) => void span.updateName(to),
    note: (more) => void span.setAttributes(more),
    fail,
  };
  try {
    return await context.with(trace.setSpan(above, span), () => work(open));
  } catch (error) {
    fail(error instanceof Error ? error.name : "unknown");
    throw error;
  } finally {
    span.end();
  }
}

/** What ended just now, after it went on for so long: below the span of `parent`, else the open one; nothing where there is neither. */
export function noteEnded(
  name: string,
  durationMs: number,
  { kind = "inside", parent, links = [], attributes = {}, failure }: EndedSpan = {},
): void {
  if (tracer === undefined) return;
  const above = contextOf(parent) ?? context.active();
  if (trace.getSpan(above) === undefined) return;
  const endTime = Date.now();
  const span = tracer.startSpan(
    name,
    { kind: KINDS[kind], links: linksTo(links), startTime: endTime - durationMs, attributes },
    above,
  );
  if (failure !== undefined) failed(span, failure);
  span.end(endTime);
}

function failed(span: Span, what: string): void {
  span.setAttribute("error.type", what);
  span.setStatus({ code: SpanStatusCode.ERROR, message: what });
}

const linksTo = (links: readonly (string | undefined)[]) =>
  links
    .slice(0, LINKS_MAX)
    .map(readTraceparent)
    .filter((one) => one !== undefined)
    .map((one) => ({ context: one }));

/** The open span as `traceparent` of W3C's Trace Context; undefined where none is kept. */
export function currentTraceparent(): string | undefined {
  if (tracer === undefined) return undefined;
  const open = trace.getActiveSpan()?.spanContext();
  if (open === undefined || !isSpanContextValid(open)) return undefined;
  const flags = (open.traceFlags & 0xff).toString(16).padStart(2, "0");
  return `00-${open.traceId}-${open.spanId}-${flags}`;
}

/** A later version may have more after the flags. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;

function readTraceparent(text: string | undefined): SpanContext | undefined {
  const [, version, traceId = "", spanId = "", flags = "", more] =
    TRACEPARENT.exec(text ?? "") ?? [];
  if (version === undefined || (version === "00" && more !== undefined)) return undefined;
  const found = { traceId, spanId, traceFlags: Number.parseInt(flags, 16), isRemote: true };
  return isSpanContextValid(found) ? found : undefined;
}

function contextOf(parent: string | undefined): Context | undefined {
  const found = readTraceparent(parent);
  return found && trace.setSpanContext(ROOT_CONTEXT, found);
}
