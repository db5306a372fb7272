// OpenTelemetry's own parts, put together. Loaded when spans are wanted: they cost a start 15 ms of processor time.
import { context, diag, DiagLogLevel, trace } from "@opentelemetry/api";
import { AsyncLocalStorageContextManager } from "@opentelemetry/context-async-hooks";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import {
  defaultResource,
  detectResources,
  envDetector,
  resourceFromAttributes,
} from "@opentelemetry/resources";
import { BasicTracerProvider, BatchSpanProcessor } from "@opentelemetry/sdk-trace-base";
import type { keepSpans } from "./spans.ts";
import type { traceHooks } from "./trace-hooks.ts";
import type { Tracing, TracingOptions } from "./tracing.ts";

const TOLD_EVERY_MS = 60_000;

/** @param program what of the program this has to do with: a build has no second copy of it here */
export function sendSpans(
  { service, version, onFailure }: TracingOptions,
  program: { keepSpans: typeof keepSpans; traceHooks: typeof traceHooks },
): Tracing {
  let toldAt = -Infinity;
  const tell = (message: string) => {
    if (performance.now() - toldAt < TOLD_EVERY_MS) return;
    toldAt = performance.now();
    onFailure(message);
  };
  const quiet = () => {};
  diag.setLogger(
    { error: tell, warn: quiet, info: quiet, debug: quiet, verbose: quiet },
    DiagLogLevel.ERROR,
  );
  // What the operator says in OTEL_RESOURCE_ATTRIBUTES and OTEL_SERVICE_NAME goes before what we say.
  const resource = defaultResource()
    .merge(resourceFromAttributes({ "service.name": service, "service.version": version }))
    .merge(detectResources({ detectors: [envDetector] }));
  const provider = new BasicTracerProvider({
    resource,
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
  });
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  trace.setGlobalTracerProvider(provider);
  program.keepSpans(provider.getTracer("scrapersky"));
  return {
    isOn: true,
    // A worker looks into its queue all day: what nobody asked for is no trace.
    hooks: [program.traceHooks({ alone: false })],
    async stop() {
      program.keepSpans(undefined);
      await provider.shutdown().catch((error: unknown) => tell(String(error)));
      trace.disable();
      context.disable();
      diag.disable();
    },
  };
}
