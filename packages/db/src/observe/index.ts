// What a program may hang on the hooks of its database: a log, counters, spans. None of it ever sees a value.
export { logHooks, type LogHooksOptions, type StatementLog } from "./log-hooks.ts";
export { createMetricsDoor, type MetricsAnswer, type MetricsDoor } from "./metrics-door.ts";
export { metricsHooks, watchPool } from "./metrics-hooks.ts";
export { Counter, Gauge, Histogram, Registry, watchProgram } from "./program-metrics.ts";
export {
  currentTraceparent,
  type EndedSpan,
  inSpan,
  noteEnded,
  type OpenSpan,
  type SpanOptions,
} from "./spans.ts";
export { startTracing, type Tracing, type TracingOptions } from "./tracing.ts";
export { traceHooks, type TraceHooksOptions } from "./trace-hooks.ts";
