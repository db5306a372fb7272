import { createServer, type IncomingHttpHeaders, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  id: string;
  headers: Record<string, string>;
  body: string;
}

/** What it does with a request: answers with a status, breaks the connection off, or says nothing until it does otherwise. */
export type Manner = number | "down" | "silent";

/** A receiver of webhooks on loopback. */
export interface Receiver {
  /** `127.0.0.1:port` */
  address: string;
  received: Received[];
  manner: Manner;
  close(): Promise<void>;
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  const waiting: ServerResponse[] = [];
  let manner: Manner = 204;
  const answer = (response: ServerResponse): void => {
    if (manner === "down") response.destroy();
    else if (manner === "silent") waiting.push(response);
    else response.writeHead(manner, { location: "/elsewhere" }).end();
  };
  const server = createServer((request, response) => {
    let body = "";
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => {
      const headers = singleHeaders(request.headers);
      received.push({ id: headers["webhook-id"] ?? "", headers, body });
      answer(response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get manner() {
      return manner;
    },
    set manner(next) {
      manner = next;
      if (next !== "silent") waiting.splice(0).forEach(answer);
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

const singleHeaders = (headers: IncomingHttpHeaders): Record<string, string> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]));
