// A web site on loopback that answers nobody before it is told to: a batch that visits it is under way.
import { writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { join } from "node:path";

export interface HeldSite {
  name: string;
  /** The allow-list for the worker. */
  file: string;
  /** Resolves with the first visit. */
  visited: Promise<void>;
  release(): void;
  close(): void;
}

export async function startHeldSite(folder: string): Promise<HeldSite> {
  const visited = Promise.withResolvers<void>();
  const released = Promise.withResolvers<void>();
  const server = createServer((request, response) => {
    visited.resolve();
    void released.promise.then(() => {
      const isPage = request.url === "/";
      response.writeHead(isPage ? 200 : 404, { "content-type": "text/html" });
      response.end("<!doctype html><title>Held</title><p>A page.</p>");
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  const name = "held.example";
  const file = join(folder, "sites.json");
  const http = `127.0.0.1:${address.port}`;
  await writeFile(file, JSON.stringify({ hosts: { [name]: { http } } }));
  return {
    name,
    file,
    visited: visited.promise,
    release: released.resolve,
    close() {
      released.resolve();
      server.close();
      server.closeAllConnections();
    },
  };
}
