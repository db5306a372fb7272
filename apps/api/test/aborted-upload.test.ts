import { connect } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { OWNER, type Stack, startStack, WEB_URL } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

/** Says that much will come, sends a little of it, and is gone once the server has begun. */
async function abortUpload(path: string, headers: Record<string, string>): Promise<void> {
  const { hostname, port } = new URL(stack.url);
  const socket = connect({ host: hostname, port: Number(port) });
  await new Promise<void>((resolve) => socket.once("connect", resolve));
  const lines = [
    `POST ${path} HTTP/1.1`,
    `Host: ${hostname}`,
    "Content-Type: application/json",
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n{"domains": ["a.exam`);
  // Who waits for the rest is asked to go on: by then the request is being read.
  await new Promise<void>((resolve) => socket.once("data", () => resolve()));
  socket.destroy();
}

const linesOf = (id: string) =>
  stack
    .logged()
    .split("\n")
    .filter((line) => line.includes(id))
    .map((line) => JSON.parse(line) as Record<string, unknown>);

test.each([
  ["a REST route", "/api/v3/batch_page_scraper/batch", "Content-Length"],
  ["a REST route, in chunks", "/api/v3/batch_page_scraper/batch", "Transfer-Encoding"],
  ["a procedure", "/api/trpc/batches.create", "Content-Length"],
  ["a batch of procedures", "/api/trpc/batches.create,batches.create?batch=1", "Content-Length"],
  ["a procedure, in chunks", "/api/trpc/batches.create", "Transfer-Encoding"],
  ["a sign-in", "/api/auth/sign-in/email", "Content-Length"],
])(
  "an upload to %s that is aborted is a 499 at info, and no fault",
  async (_what, path, framing) => {
    const requestId = `aborted-${path.replaceAll(/\W+/g, "-").slice(-30)}-${framing}`;
    await abortUpload(path, {
      "X-Request-Id": requestId,
      Authorization: `Bearer ${stack.user(OWNER).apiKey}`,
      Origin: WEB_URL,
      Expect: "100-continue",
      [framing]: framing === "Content-Length" ? "100000" : "chunked",
    });
    await expect.poll(() => linesOf(requestId)).not.toEqual([]);
    expect(linesOf(requestId)).toEqual([
      expect.objectContaining({ level: 30, status: 499, msg: "request" }),
    ]);
    expect(stack.logged()).not.toContain('"stack"');
  },
);
