// Next makes spans of its work once somebody takes them. Loaded when they are wanted: nobody else pays for it.
import {
  context,
  diag,
  DiagLogLevel,
  isSpanContextValid,
  propagation,
  trace,
} from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { plainSpans } from "./plain-spans.ts";
import { keepTraceparents } from "./traceparent.ts";

const TOLD_EVERY_MS = 60_000;

/** Sends what Next says of its work by OTLP over HTTP, as the variables OTEL_* say, and leads the traces of callers on to the api. */
export function sendSpans(): void {
  let toldAt = -Infinity;
  const tell = (message: string) => {
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    console.warn(`Spans do not arrive: ${message}`);
  };
  const quiet = () => {};
  diag.setLogger(
    { error: tell, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    DiagLogLevel.ERROR,
  );
  const provider = new BasicTracerProvider({
    resource: defaultResource()
      .merge(resourceFromAttributes({ "service.name": "scrapersky-web" }))
      .merge(detectResources({ detectors: [envDetector] })),
    spanProcessors: [plainSpans(new BatchSpanProcessor(new OTLPTraceExporter()))],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
  trace.setGlobalTracerProvider(provider);
  keepTraceparents(() => {
    const open = trace.getActiveSpan()?.spanContext();
    if (open === undefined || !isSpanContextValid(open)) return undefined;
    const flags = (open.traceFlags & 0xff).toString(16).padStart(2, "0");
    return `00-${open.traceId}-${open.spanId}-${flags}`;
  });
}
