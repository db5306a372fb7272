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

test("what a client says of its address is told apart from its connection", async () => {
  await register();
  const server = createServer((request, response) => {
    request.headers["x-forwarded-for"] ??= request.socket.remoteAddress;
    const { "x-forwarded-for": own, "x-scrapersky-forwarded-for": chain } = request.headers;
    response.end(`${String(own)} ${String(chain)}`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  try {
    const { port } = server.address() as AddressInfo;
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`http://127.0.0.1:${port}`, { headers })).text();
    const claimed = { "x-scrapersky-forwarded-for": "203.0.113.7" };
    expect(await ask({ "x-forwarded-for": "203.0.113.9", ...claimed })).toBe(
      "127.0.0.1 203.0.113.9",
    );
    expect(await ask(claimed)).toBe("127.0.0.1 undefined");
  } finally {
    server.close();
  }
});
