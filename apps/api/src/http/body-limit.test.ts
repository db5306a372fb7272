import { Hono } from "hono";
import { describe, expect, test } from "vitest";
import { bodyLimit, drop } from "./body-limit.ts";

/** A body of so many pieces of ten bytes, that then ends or says nothing more. */
function bodyOf(pieces: number, ends: boolean) {
  let given = 0;
  const stream = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (given++ < pieces) controller.enqueue(new Uint8Array(10));
      else if (ends) controller.close();
      else return new Promise<void>(() => {});
      return undefined;
    },
  });
  return stream.getReader();
}

describe("a body is judged", () => {
  const app = new Hono()
    .use(bodyLimit(50, (c) => c.text("too large", 413)))
    .post("/", async (c) => c.text(`${(await c.req.arrayBuffer()).byteLength}`));
  /** Sends ten bytes at a time and says how many pieces were asked for before there was an answer. */
  async function send(pieces: number, headers: Record<string, string>) {
    let asked = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (asked === pieces) controller.close();
        else controller.enqueue(new Uint8Array(10));
        asked = Math.min(asked + 1, pieces);
      },
    });
    const answer = await app.request("/", {
      method: "POST",
      headers,
      body,
      duplex: "half",
    } as RequestInit);
    return { status: answer.status, text: await answer.text(), asked };
  }

  test.each([{ "content-length": "50" }, {} as Record<string, string>])(
    "%o: fifty bytes are handed on",
    async (headers) => {
      expect(await send(5, headers)).toEqual({ status: 200, text: "50", asked: 5 });
    },
  );

  test.each([
    { "content-length": "60" },
    {} as Record<string, string>,
    { "content-length": "10", "transfer-encoding": "chunked" },
  ])("%o: sixty are refused once all of them have been sent", async (headers) => {
    expect(await send(6, headers)).toEqual({ status: 413, text: "too large", asked: 6 });
    expect(await send(1_000, { ...headers, "content-length": "10000" })).toMatchObject({
      status: 413,
      asked: 1_000,
    });
  });
});

describe("a refused body is dropped", () => {
  const never = new AbortController().signal;

  test("to its end, within the limit", async () => {
    expect(await drop(bodyOf(10, true), 100, never)).toBe(100);
    expect(await drop(bodyOf(3, true), 100, never)).toBe(30);
  });

  test("no further than the limit", async () => {
    expect(await drop(bodyOf(11, true), 100, never)).toBe(100);
    expect(await drop(bodyOf(1_000_000, true), 95, never)).toBe(100);
  });

  test("no longer than its time", async () => {
    const time = new AbortController();
    const dropping = drop(bodyOf(2, false), 100, time.signal);
    time.abort();
    expect(await dropping).toBeLessThanOrEqual(20);
    expect(await drop(bodyOf(2, true), 100, AbortSignal.abort())).toBe(0);
  });

  test("as far as it comes, where the sender vanishes", async () => {
    const broken = { read: () => Promise.reject(new Error("gone")) };
    expect(await drop(broken, 100, never)).toBe(0);
  });
});
