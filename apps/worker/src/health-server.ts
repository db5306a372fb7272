import { createServer, type Server } from "node:http";
import type { MetricsDoor } from "@scrapersky/db/observe";
import { INSTANCE_HEADER } from "@scrapersky/machine/instance";
import type { Worker } from "./worker.ts";

export interface HealthOptions {
  port: number;
  host: string;
  worker: Pick<Worker, "state" | "running">;
  metrics: MetricsDoor;
  /** Which start this process belongs to; undefined: nobody asked. */
  token: string | undefined;
}

/**
 * Whether the worker does its work, on any path: 200 while it does, 503 while it starts, stops or cannot
 * reach its queue; and metrics for whoever has their token.
 * @throws Error when the port is taken
 */
export async function startHealthServer(options: HealthOptions): Promise<Server> {
  const { port, host, worker, metrics, token } = options;
  const server = createServer((request, response) => {
    if (request.url !== "/metrics") {
      const { state, running } = worker;
      response.statusCode = state === "ok" ? 200 : 503;
      response.setHeader("content-type", "application/json");
      if (token !== undefined) response.setHeader(INSTANCE_HEADER, token);
      response.end(JSON.stringify({ status: state, running }));
      return;
    }
    void metrics(request.headers.authorization).then(({ status, contentType, body }) => {
      response.writeHead(status, { "content-type": contentType }).end(body);
    });
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, resolve);
  });
  return server;
}
