import { createServer, type RequestListener, type Server } from "node:http";
import { afterEach, expect, test } from "vitest";
import { callPatiently } from "../src/patient-call.ts";

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

/** An API that answers each request in the next of these ways, and goes on with the last. */
async function apiThat(
  ...ways: RequestListener[]
): Promise<{ findUrl(): Promise<string>; asked(): number }> {
  let asked = 0;
  const server = createServer((request, response) => {
    const way = ways[Math.min(asked++, ways.length - 1)]!;
    way(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port was given");
  return { findUrl: async () => `http://127.0.0.1:${address.port}/api/x`, asked: () => asked };
}

const away: RequestListener = (_, response) =>
  response.writeHead(503, { "retry-after": "0" }).end('{"message":"away"}');
const hangsUp: RequestListener = (request) => request.socket.destroy();
const answers: RequestListener = (_, response) => response.end('{"status":"complete"}');
const refuses: RequestListener = (_, response) => response.writeHead(403).end("no right to it");
const signal = AbortSignal.timeout(60_000);

test("an API that is away for moments is asked again", async () => {
  const api = await apiThat(away, hangsUp, away, answers);
  expect(await callPatiently(api.findUrl, { signal })).toEqual({ status: "complete" });
  expect(api.asked()).toBe(4);
});

test("a refusal is told as it is, at once", async () => {
  const api = await apiThat(refuses);
  await expect(callPatiently(api.findUrl, { signal })).rejects.toThrow(
    "/api/x answered 403: no right to it",
  );
  expect(api.asked()).toBe(1);
});

test("an API that stays away is told of in the end", async () => {
  const gone = await apiThat(away);
  await expect(callPatiently(gone.findUrl, { signal }, 0)).rejects.toThrow("/api/x answered 503");
});
