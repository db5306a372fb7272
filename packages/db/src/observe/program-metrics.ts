import { collectDefaultMetrics, type Registry } from "prom-client";

export { Counter, Gauge, Histogram, Registry } from "prom-client";

/** Memory, processor time, event loop and garbage collection of this process, under the names that dashboards for Node.js know. */
export function watchProgram(registry: Registry): void {
  collectDefaultMetrics({ register: registry });
}
