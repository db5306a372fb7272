import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from "vitest";
import { createMessageSender } from "../src/index.ts";

let server: Server;
let port: number;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
let reached: string[];
beforeAll(async () => {
  server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterEach(() => vi.unstubAllEnvs());
afterAll(
  () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      server.closeAllConnections();
    }),
);

async function send(
  url: string,
  options: { signal?: AbortSignal; timeoutMs?: number; resolver?: object } = {},
) {
  reached = [];
  const hosts = { "hook.example": { http: `127.0.0.1:${port}` } };
  const { signal = new AbortController().signal, timeoutMs, resolver } = options;
  const sender = createMessageSender({
    ...(resolver ? { resolver: resolver as never } : { allow: { hosts } }),
    ...(timeoutMs === undefined ? {} : { timeoutMs }),
  });
  const headers = { "content-type": "application/json" };
  const met = await sender.send({ url, headers, body: '{"a":"é"}', signal });
  await sender.close();
  const { durationMs: _any, ...told } = { durationMs: 0, ...met };
  return told;
}
const HOOK = "http://hook.example/in?x=1#not-sent";

test("the whole message arrives, and whatever is answered is told by its status alone", async () => {
  let body = "";
  answer = (request, response) => {
    request.setEncoding("utf8").on("data", (part: string) => (body += part));
    request.on("end", () => response.writeHead(202).end("thanks"));
  };
  expect(await send(HOOK)).toEqual({ kind: "answered", status: 202, retryAfterMs: undefined });
  expect([reached, body]).toEqual([["POST /in?x=1"], '{"a":"é"}']);
});

test("a redirect is an answer like any other", async () => {
  answer = (_request, response) => response.writeHead(307, { location: "/away" }).end();
  expect(await send(HOOK)).toMatchObject({ kind: "answered", status: 307 });
  expect(reached).toEqual(["POST /in?x=1"]);
});

test("Retry-After is told in milliseconds", async () => {
  answer = (_request, response) => response.writeHead(429, { "retry-after": "7" }).end();
  expect(await send(HOOK)).toMatchObject({ status: 429, retryAfterMs: 7_000 });
});

test("an answer without end counts once it has said its status, and is not read on", async () => {
  let closed = Promise.withResolvers<void>();
  answer = (_request, response) => {
    response.writeHead(200);
    const part = Buffer.alloc(64 * 1024);
    const more = (): void =>
      void (response.write(part) ? setImmediate(more) : response.once("drain", more));
    more();
    response.once("close", () => closed.resolve());
  };
  expect(await send(HOOK)).toMatchObject({ kind: "answered", status: 200 });
  await closed.promise;
  closed = Promise.withResolvers();
  answer = (_request, response) => {
    response.writeHead(200).write("drip");
    response.once("close", () => closed.resolve());
  };
  expect(await send(HOOK, { timeoutMs: 50 })).toMatchObject({ kind: "answered", status: 200 });
  await closed.promise;
});

test("silence is a timeout, a broken connection is told as one", async () => {
  answer = () => {};
  expect(await send(HOOK, { timeoutMs: 50 })).toEqual({ kind: "failed", code: "timeout" });
  answer = (_request, response) => void response.destroy();
  expect(await send(HOOK)).toEqual({ kind: "failed", code: "conn_reset" });
});

test("its caller's signal ends it, before and while it is under way", async () => {
  expect(await send(HOOK, { signal: AbortSignal.abort() })).toEqual({ kind: "aborted" });
  const stopping = new AbortController();
  answer = () => stopping.abort();
  expect(await send(HOOK, { signal: stopping.signal })).toEqual({ kind: "aborted" });
});

describe("refused, and reached by nothing", () => {
  const local = { resolve4: async () => ["127.0.0.1"], resolve6: async () => [] };
  test.each([
    ["a literal of this machine", () => `http://127.0.0.1:${port}/`, undefined],
    ["one in another spelling", () => `http://2130706433:${port}/`, undefined],
    ["one of the links of a cloud", () => "http://169.254.169.254/", undefined],
    ["one of IPv6", () => `http://[::ffff:127.0.0.1]:${port}/`, undefined],
    ["a name that leads here", () => `http://inside.example:${port}/`, local],
  ])("%s", async (_what, url, resolver) => {
    expect(await send(url(), resolver ? { resolver } : {})).toEqual({
      kind: "failed",
      code: "blocked_address",
    });
    expect(reached).toEqual([]);
  });

  test("an allow-list in production", () => {
    vi.stubEnv("NODE_ENV", "production");
    expect(() => createMessageSender({ allow: { hosts: {} } })).toThrow("in production");
  });
});
