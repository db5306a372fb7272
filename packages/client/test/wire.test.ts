import { once } from "node:events";
import { createServer, type IncomingMessage, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, expect, test, vi } from "vitest";
import { createClient, isApiError } from "../src/index.ts";

let server: Server | undefined;
afterEach(() => {
  server?.closeAllConnections();
  server?.close();
});

/** A server that answers in the words of the protocol and keeps what it was asked. */
async function listen(
  answer: (request: IncomingMessage) => { type: string; status?: number; body: string },
) {
  const requests: { url: string; method: string; headers: IncomingMessage["headers"] }[] = [];
  server = createServer((request, response) => {
    requests.push({
      url: request.url ?? "",
      method: request.method ?? "",
      headers: request.headers,
    });
    const { type, status = 200, body } = answer(request);
    request
      .resume()
      .on("end", () => response.writeHead(status, { "content-type": type }).end(body));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { requests, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

test("the key and the tenant travel in headers, never in the address, of calls and of event streams", async () => {
  const { requests, url } = await listen((request) =>
    request.headers.accept?.includes("text/event-stream")
      ? {
          type: "text/event-stream",
          body: 'event: connected\ndata: {}\n\ndata: {"status":"complete"}\nid: v1\n\nevent: return\ndata:\n\n',
        }
      : { type: "application/json", body: '[{"result":{"data":{"status":"ok"}}}]' },
  );
  const client = createClient({ url, apiKey: "sk_live_secret", tenant: "skyline", retries: 0 });
  await client.health.live.query().catch(() => {});
  const seen = vi.fn<(reading: object) => void>();
  await new Promise<void>((resolve, reject) => {
    client.batches.onProgress.subscribe(
      { batchId: "b" },
      { onData: seen, onComplete: resolve, onError: reject },
    );
  });
  expect(seen).toHaveBeenCalledWith(
    expect.objectContaining({ id: "v1", data: { status: "complete" } }),
  );
  expect(requests).toHaveLength(2);
  for (const request of requests) {
    expect(request.headers).toMatchObject({
      authorization: "Bearer sk_live_secret",
      "x-tenant": "skyline",
    });
    expect(request.url).toMatch(/^\/api\/trpc\//);
    expect(request.url).not.toContain("secret");
  }
});

test("a list to sort travels in the body, however long it is", async () => {
  const { requests, url } = await listen(() => ({
    type: "application/json",
    body: '[{"result":{"data":{"valid":[]}}}]',
  }));
  const client = createClient({ url, apiKey: "k", retries: 0 });
  await client.batches.validate.query({ text: "a.example\n".repeat(5000) }).catch(() => {});
  expect(requests).toMatchObject([{ method: "POST" }]);
  expect(requests[0]?.url).not.toContain("a.example");
});

test("a refusal is told apart from other faults, with what the server said of it", async () => {
  const data = {
    code: "FORBIDDEN",
    httpStatus: 403,
    requestId: "r-12345678",
    errorCode: "FORBIDDEN",
  };
  const { url } = await listen(() => ({
    type: "application/json",
    status: 403,
    body: JSON.stringify({ error: { message: "Forbidden", code: -32003, data } }),
  }));
  const error: unknown = await createClient({ url, apiKey: "k" })
    .health.database.query()
    .catch((fault: unknown) => fault);
  expect(isApiError(error)).toBe(true);
  expect(isApiError(new Error("other"))).toBe(false);
});
