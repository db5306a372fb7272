import {
  createServer as createHttpServer,
  type IncomingMessage,
  type ServerResponse,
} from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo, Server, Socket } from "node:net";
import type { Site, SiteAnswer } from "../site.ts";
import { createAuthority } from "./certificates.ts";

export interface Served {
  /** host:port of the plain and the TLS listener. */
  http: string;
  https: string;
  ca: string;
  requests(name: string): number;
  close(): Promise<void>;
}

/** One plain and one TLS listener on loopback that answer for every site by Host and SNI. */
export async function serveSites(sites: Site[], options: { latencyMs: number }): Promise<Served> {
  const authority = await createAuthority();
  const byHost = new Map<string, Site>();
  for (const site of sites) for (const host of site.hosts) byHost.set(host, site);
  const counts = new Map<string, number>();

  const handle = (secure: boolean) => (request: IncomingMessage, response: ServerResponse) => {
    const host = (request.headers.host ?? "").replace(/:\d+$/, "").toLowerCase();
    const site = byHost.get(host);
    if (site === undefined) {
      response.writeHead(421).end();
      return;
    }
    const count = counts.get(site.name) ?? 0;
    counts.set(site.name, count + 1);
    const answer = site.answer({
      host,
      path: pathOf(request.url ?? "/"),
      secure,
      count,
      headers: request.headers,
    });
    const delayMs = (answer.delayMs ?? 0) + options.latencyMs;
    const reply = () => send(answer, request, response);
    if (answer.after) void answer.after.then(reply);
    else if (delayMs > 0) setTimeout(reply, delayMs).unref();
    else reply();
  };

  const plain = createHttpServer({ keepAliveTimeout: 30_000 }, handle(false));
  const secure = createHttpsServer(
    {
      keepAliveTimeout: 30_000,
      SNICallback: (host, done) => {
        const site = byHost.get(host.toLowerCase());
        authority.contextFor(host.toLowerCase(), site?.certificate ?? "wrong-host").then(
          (context) => done(null, context),
          (error: Error) => done(error),
        );
      },
    },
    handle(true),
  );
  const sockets = new Set<Socket>();
  for (const server of [plain, secure]) {
    server.on("connection", (socket) => {
      sockets.add(socket);
      socket.on("error", () => socket.destroy());
      socket.once("close", () => sockets.delete(socket));
    });
    server.on("tlsClientError", () => {});
  }

  return {
    http: await listen(plain),
    https: await listen(secure),
    ca: authority.ca,
    requests: (name) => counts.get(name) ?? 0,
    async close() {
      const closed = [plain, secure].map(
        (server) => new Promise<void>((resolve) => server.close(() => resolve())),
      );
      for (const socket of sockets) socket.destroy();
      await Promise.all(closed);
    },
  };
}

/** A visitor that takes the server for its proxy sends whole addresses. */
const pathOf = (target: string): string => target.replace(/^https?:\/\/[^/]*/i, "") || "/";

function listen(server: Server): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once("error", reject);
    server.listen(0, "127.0.0.1", 4096, () => {
      resolve(`127.0.0.1:${(server.address() as AddressInfo).port}`);
    });
  });
}

function send(answer: SiteAnswer, request: IncomingMessage, response: ServerResponse): void {
  const socket = request.socket;
  if (socket.destroyed) return;
  if (answer.reset) {
    socket.destroy();
    return;
  }
  if (answer.raw !== undefined) {
    socket.end(Buffer.from(answer.raw, "latin1"));
    return;
  }
  response.writeHead(answer.status ?? 200, answer.headers);
  if (answer.drip === undefined) {
    response.end(request.method === "HEAD" ? undefined : answer.body);
    return;
  }
  const { piece, everyMs, endless } = answer.drip;
  if (answer.body !== undefined) response.write(answer.body);
  let left = endless ? Number.POSITIVE_INFINITY : 50;
  const timer = setInterval(() => {
    if (left-- > 0 && !socket.destroyed) response.write(piece);
    else {
      clearInterval(timer);
      response.end();
    }
  }, everyMs);
  socket.once("close", () => clearInterval(timer));
}
