import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, test } from "vitest";
import { register } from "./instrumentation.ts";
import { readableAddress } from "./readable-address.ts";

test.each([
  ["/t/%E0%A4%A/jobs", "/t/%25E0%25A4%25A/jobs"],
  ["/t/a%ff/%20b?c=%ff&d=?%", "/t/a%25ff/%20b?c=%ff&d=?%"],
  ["/t/%E5%B1%B1/jobs?x=1", "/t/%E5%B1%B1/jobs?x=1"],
  ["/%", "/%25"],
  ["*", "*"],
])("the path of %s can be read as %s", (address, readable) => {
  expect(readableAddress(address)).toBe(readable);
});

test("what a client says of its address does not reach the server's handler", async () => {
  register();
  const server = createServer((request, response) => {
    request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
    response.end(request.headers["x-forwarded-for"]);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const headers = { "x-forwarded-for": "203.0.113.9" };
    const answer = await fetch(`http://127.0.0.1:${port}`, { headers });
    expect(await answer.text()).toBe("127.0.0.1");
  } finally {
    server.close();
  }
});
