import { once } from "node:events";
import net from "node:net";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import type { DatabaseError } from "../../src/session/errors/database-error.ts";
import { Cancellation } from "../../src/session/wire/cancel.ts";

const KEY = { pid: 4_711, secret: 3_000_000_000 };
const CANCELED = { code: "57014" };
const GRACE_MS = 500;

/** A server that hears cancel requests and hangs up on one when it is told to. */
const server = net.createServer((socket) => {
  socket.on("error", () => {});
  socket.on("data", (bytes: Buffer) => requests.push({ bytes, socket }));
});
let requests: { bytes: Buffer; socket: net.Socket }[] = [];
let port = 0;

let destroyed = 0;
let inVain: DatabaseError[] = [];
let told = 0;
const tell = () => void told++;

beforeAll(async () => {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  ({ port } = server.address() as net.AddressInfo);
});
afterAll(() => server.close());
beforeEach(() => {
  [requests, inVain, destroyed, told] = [[], [], 0, 0];
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.useRealTimers();
  for (const { socket } of requests) socket.destroy();
});

const cancellation = ({ key }: { key: typeof KEY | undefined } = { key: KEY }) =>
  new Cancellation(
    { endpoint: { host: "127.0.0.1", port, tls: false }, key, destroy: () => void destroyed++ },
    (why) => inVain.push(why),
  );

/** Turns of the event loop, as timers stand still. */
async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setImmediate(resolve));
}

test("a request carries the key, and the caller hears only when the server has hung up on it", async () => {
  const one = cancellation();
  one.begin({ timeoutMs: 20 });
  vi.advanceTimersByTime(20);
  await until(() => requests.length === 1);
  const { bytes, socket } = requests[0]!;
  expect(bytes).toHaveLength(16);
  expect([0, 4, 8, 12].map((at) => bytes.readUInt32BE(at))).toEqual([
    16,
    80_877_102,
    KEY.pid,
    KEY.secret,
  ]);
  one.answered(CANCELED, tell);
  for (let turn = 0; turn < 20; turn++) await new Promise((resolve) => setImmediate(resolve));
  expect(told).toBe(0);
  socket.end();
  await until(() => told === 1);
  expect(one).toMatchObject({ helped: true, reason: { kind: "statement_timeout" } });
  vi.advanceTimersByTime(GRACE_MS);
  expect({ destroyed, inVain }).toEqual({ destroyed: 0, inVain: [] });
});

test.each([
  ["a result", undefined],
  ["another failure", { code: "23505" }],
])("%s that crosses the request counts, and the connection is given up", async (_what, error) => {
  const one = cancellation();
  one.begin({ timeoutMs: 20 });
  vi.advanceTimersByTime(20);
  one.answered(error, tell);
  expect({ told, destroyed, helped: one.helped }).toEqual({ told: 1, destroyed: 1, helped: false });
  vi.advanceTimersByTime(GRACE_MS);
  expect({ destroyed, inVain }).toEqual({ destroyed: 1, inVain: [] });
});

test("a server that does not answer: half a second later the caller is told, then the connection goes", async () => {
  const one = new Cancellation(
    {
      endpoint: { host: "127.0.0.1", port, tls: false },
      key: KEY,
      destroy: () => void (destroyed += inVain.length),
    },
    (why) => inVain.push(why),
  );
  const caller = new AbortController();
  one.begin({ signal: caller.signal });
  caller.abort("enough");
  vi.advanceTimersByTime(GRACE_MS - 1);
  expect(inVain).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(inVain).toMatchObject([{ kind: "aborted", cause: "enough" }]);
  expect(destroyed).toBe(1);
});

test("before login is complete there is nothing to ask with: told at once", () => {
  const one = cancellation({ key: undefined });
  one.begin({ timeoutMs: 20 });
  vi.advanceTimersByTime(20);
  expect(inVain).toMatchObject([{ kind: "statement_timeout" }]);
  expect({ destroyed, requests }).toEqual({ destroyed: 1, requests: [] });
});

test("whoever asks first is the reason, and one request is sent", async () => {
  const one = cancellation();
  const caller = new AbortController();
  one.begin({ timeoutMs: 20, signal: caller.signal });
  vi.advanceTimersByTime(20);
  caller.abort();
  await until(() => requests.length === 1);
  requests[0]!.socket.end();
  one.answered(CANCELED, tell);
  await until(() => told === 1);
  expect(one.reason?.kind).toBe("statement_timeout");
  expect(requests).toHaveLength(1);
});

test("a statement that nobody stops leaves nothing behind", () => {
  const one = cancellation();
  const caller = new AbortController();
  one.begin({ timeoutMs: 20, signal: caller.signal });
  one.answered(CANCELED, tell);
  caller.abort();
  vi.advanceTimersByTime(20 + GRACE_MS);
  expect({ told, destroyed, inVain, reason: one.reason, helped: one.helped }).toEqual({
    told: 1,
    destroyed: 0,
    inVain: [],
    reason: undefined,
    helped: false,
  });
  expect(vi.getTimerCount()).toBe(0);
});
