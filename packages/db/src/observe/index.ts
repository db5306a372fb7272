// What a program may hang on the hooks of its database: a log, counters, spans. None of it ever sees a value.
export { logHooks, type LogHooksOptions, type StatementLog } from "./log-hooks.ts";
export { createMetricsDoor, type MetricsAnswer, type MetricsDoor } from "./metrics-door.ts";
export { metricsHooks, Registry, watchPool } from "./metrics-hooks.ts";
export { traceHooks, type TraceHooksOptions } from "./trace-hooks.ts";
