import type { DatabaseHooks } from "../session/config/hooks.ts";
import { keepSpans } from "./spans.ts";
import { traceHooks } from "./trace-hooks.ts";

export interface Tracing {
  isOn: boolean;
  /** To be given to the database: spans of statements and transactions that are part of something. */
  hooks: DatabaseHooks[];
  /** Sends what is left. Never throws. */
  stop(): Promise<void>;
}

export interface TracingOptions {
  /** OTEL_EXPORTER_OTLP_ENDPOINT; undefined: no spans are kept, and nothing of what makes them is loaded. */
  endpoint: string | undefined;
  /** `scrapersky-api`, unless OTEL_SERVICE_NAME says another. */
  service: string;
  version: string;
  /** Told at most once a minute that spans do not arrive. */
  onFailure: (message: string) => void;
}

const NONE: Tracing = { isOn: false, hooks: [], stop: async () => {} };

/**
 * Sends the spans of this program by OTLP over HTTP, as the variables OTEL_* say. To be called before the first statement.
 */
export async function startTracing(options: TracingOptions): Promise<Tracing> {
  if (options.endpoint === undefined) return NONE;
  const { sendSpans } = await import("./send-spans.ts");
  return sendSpans(options, { keepSpans, traceHooks });
}
