import { createServer, type Server } from "node:http";
import type { MetricsDoor } from "@scrapersky/db/observe";

/** On loopback: a sign of life on any path, and metrics for whoever has the token. */
export function startHealthServer(
  port: number,
  worker: { readonly running: number },
  metrics: MetricsDoor,
): Server {
  return createServer((request, response) => {
    if (request.url !== "/metrics") {
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ status: "ok", running: worker.running }));
      return;
    }
    void metrics(request.headers.authorization).then(({ status, contentType, body }) => {
      response.writeHead(status, { "content-type": contentType }).end(body);
    });
  }).listen(port, "127.0.0.1");
}
