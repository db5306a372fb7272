import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { env } from "./env.ts";
import { forward } from "./forward.ts";

let api: Server;
beforeAll(async () => {
  api = createServer((request, response) => response.end(JSON.stringify(request.headers)));
  await new Promise<void>((resolve) => api.listen(0, "127.0.0.1", resolve));
  const address = api.address();
  if (typeof address !== "object" || address === null) throw new Error("no port was given");
  env.API_URL = `http://127.0.0.1:${address.port}`;
});
afterAll(() => void api.close());

async function seenByApi(headers: Record<string, string>): Promise<IncomingHttpHeaders> {
  const answer = await forward(new Request("http://127.0.0.1:3000/api/x", { headers }));
  return (await answer.json()) as IncomingHttpHeaders;
}

test("the api is told the address this server saw, and whom proxies named before it", async () => {
  const seen = await seenByApi({
    "x-forwarded-for": "192.0.2.8",
    "x-scrapersky-forwarded-for": "203.0.113.9, 198.51.100.4",
    "x-real-ip": "203.0.113.1",
    forwarded: "for=203.0.113.2",
    "X-ScraperSky-Client-Address": "203.0.113.3",
    "X-ScraperSky-Draws-Page": "1",
    cookie: "kept=yes",
  });
  expect(seen).toMatchObject({
    "x-scrapersky-client-address": "192.0.2.8",
    "x-forwarded-for": "203.0.113.9, 198.51.100.4",
    cookie: "kept=yes",
  });
  expect(JSON.stringify(seen)).not.toMatch(
    /x-real-ip|203\.0\.113\.[123]|scrapersky-(forwarded|draws)/,
  );
});

test("without an address there is none, whatever the client wrote", async () => {
  const seen = await seenByApi({ "x-scrapersky-client-address": "203.0.113.3" });
  expect(seen).not.toHaveProperty("x-scrapersky-client-address");
});

test("the api is told from which page a request comes", async () => {
  const headers = { origin: "http://localhost:3000", "sec-fetch-site": "same-origin" };
  expect(await seenByApi(headers)).toMatchObject(headers);
});

test("an api that is away is told of with the id of the request", async () => {
  const there = env.API_URL;
  env.API_URL = "http://127.0.0.1:1";
  const log = vi.spyOn(console, "error").mockImplementation(() => {});
  const answer = await forward(new Request("http://127.0.0.1:3000/api/x"));
  const requestId = answer.headers.get("x-request-id");
  expect([answer.status, answer.headers.get("retry-after")]).toEqual([503, "5"]);
  expect(await answer.json()).toMatchObject({ error: true, request_id: requestId });
  expect(log.mock.calls[0]?.[0]).toContain(requestId);
  log.mockRestore();
  env.API_URL = there;
});
