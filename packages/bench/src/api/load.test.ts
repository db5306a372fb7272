import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test } from "vitest";
import { rowsOf } from "./contenders.ts";
import { readIds } from "./listen.ts";
import { load } from "./load.ts";

const closes: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closes.splice(0)) await close();
});

async function startServer(answer: RequestListener): Promise<string> {
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  closes.push(() => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

test("each connection has one request under way, and each answer counts once", async () => {
  let [answered, open, most] = [0, 0, 0];
  const origin = await startServer((_request, response) => {
    most = Math.max(most, ++open);
    setImmediate(() => {
      open--;
      answered++;
      response.end("rows");
    });
  });
  const { times } = await load({ origin, path: "/", headers: {}, connections: 4, ms: 100 });
  expect(times).toHaveLength(answered);
  expect(most).toBeLessThanOrEqual(4);
});

test("an answer that is none fails the run", async () => {
  const origin = await startServer((_request, response) => response.writeHead(429).end("later"));
  await expect(
    load({ origin, path: "/", headers: {}, connections: 2, ms: 60_000 }),
  ).rejects.toThrow("/ answered 429: later");
});

test("events are told apart in whatever pieces they come", () => {
  const read = readIds();
  const parts = [
    "data: {}\ni",
    "d: one\n",
    "\nevent: ping\ndata:\n\n",
    "id: two\ndata: id: no\n\nid: thr",
  ];
  expect(parts.map(read)).toEqual([[], ["one"], [], ["two"]]);
});

test("rows are found in answers of procedures and of a bare handler", () => {
  expect(rowsOf({ result: { data: { items: [1] } } })).toEqual(rowsOf({ items: [1] }));
});
