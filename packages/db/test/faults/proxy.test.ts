import net from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type FaultProxy, startFaultProxy } from "../session/fault-proxy.ts";

let server: net.Server;
let proxy: FaultProxy;
let upstream: net.Socket;
let client: net.Socket;
let received = "";

beforeEach(async () => {
  server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const accepted = new Promise<net.Socket>((resolve) => server.once("connection", resolve));
  proxy = await startFaultProxy((server.address() as net.AddressInfo).port);
  client = net.connect(proxy.port, "127.0.0.1");
  received = "";
  client.on("data", (chunk) => (received += chunk.toString()));
  client.on("error", () => {});
  upstream = await accepted;
  upstream.on("error", () => {});
});
afterEach(async () => {
  client.destroy();
  await proxy.close();
  upstream.destroy();
  await new Promise((resolve) => server.close(resolve));
});

const numbers = Array.from({ length: 2_000 }, (_, at) => `${at};`).join("");
test("what comes after a slow drip waits until the drip has passed", async () => {
  proxy.drip = true;
  upstream.write(numbers);
  await expect.poll(() => received).toMatch(/;/);
  proxy.drip = false;
  upstream.write("later");
  await expect.poll(() => received).toBe(`${numbers}later`);
});

test("the end comes after the last byte, of a drip too", async () => {
  const ended = new Promise((resolve) => client.once("end", resolve));
  proxy.drip = true;
  upstream.end(numbers);
  await ended;
  expect(received).toBe(numbers);
});

test("a reset at a limit comes after the bytes within it, of a drip too", async () => {
  const closed = new Promise((resolve) => client.once("close", resolve));
  proxy.drip = true;
  proxy.limit = { bytes: 100, after: "reset" };
  upstream.write(numbers);
  await closed;
  expect(received).toBe(numbers.slice(0, 100));
});

test("what a client writes before it leaves arrives", async () => {
  let heard = "";
  upstream.on("data", (chunk) => (heard += chunk.toString()));
  client.write("some bytes");
  client.end("goodbye");
  await expect.poll(() => heard).toBe("some bytesgoodbye");
});
