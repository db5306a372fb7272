import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { initTRPC, TRPCError } from "@trpc/server";
import { createHTTPHandler } from "@trpc/server/adapters/standalone";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { createCall, type Call } from "./call.ts";
import { errorFacts } from "./error-facts.ts";

const t = initTRPC.create({
  errorFormatter: ({ shape }) => ({ ...shape, data: { ...shape.data, requestId: "r1" } }),
});
const text = (input: unknown): string => String(input);
const router = t.router({
  say: t.procedure.input(text).query(({ input }) => `said ${input}`),
  nothing: t.procedure.query(() => undefined),
  refuse: t.procedure.query(() => {
    throw new TRPCError({ code: "CONFLICT", message: "Not now" });
  }),
  change: t.procedure.input(text).mutation(({ input }) => `changed ${input}`),
});

interface Seen {
  method: string;
  url: string;
  tenant: unknown;
}

describe("calls of the api", () => {
  const seen: Seen[] = [];
  let server: Server;
  let call: Call;
  let url: string;

  beforeAll(async () => {
    const answer = createHTTPHandler({ router });
    server = createServer((request, response) => {
      seen.push({
        method: request.method ?? "",
        url: request.url ?? "",
        tenant: request.headers["x-tenant"],
      });
      if (request.url?.startsWith("/broken") === true) response.end("<h1>no JSON</h1>");
      else if (request.url?.startsWith("/short") === true) response.end("[]");
      else answer(request, response);
    });
    await new Promise<void>((resolve) => {
      server.listen(0, "127.0.0.1", resolve);
    });
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    call = callAt(url);
  });
  afterAll(() => server.close());
  beforeEach(() => {
    seen.length = 0;
  });

  const callAt = (at: string): Call =>
    createCall({ url: at, headers: { "x-tenant": "skyline" }, itemsMax: 3, addressLengthMax: 300 });

  it("asks for what is wanted in one moment with one request, and gives each its own answer", async () => {
    const answers = await Promise.allSettled([
      call("query", "say", "ä&,?"),
      call("query", "refuse", undefined),
      call("query", "nothing", undefined),
    ]);
    expect(answers).toMatchObject([
      { status: "fulfilled", value: "said ä&,?" },
      { status: "rejected", reason: { name: "ApiError", message: "Not now" } },
      { status: "fulfilled", value: undefined },
    ]);
    expect(seen).toMatchObject([{ method: "GET", tenant: "skyline" }]);
    const [, refused] = answers;
    expect(errorFacts(refused?.status === "rejected" ? refused.reason : null)).toEqual({
      kind: "input",
      message: "Not now",
      requestId: "r1",
      retryable: false,
    });
  });

  it("asks again for what is wanted later", async () => {
    await call("query", "say", "one");
    await call("query", "say", "two");
    expect(seen).toHaveLength(2);
  });

  it("splits what is too much for one request, by number and by length", async () => {
    const many = ["a", "b", "c", "d"];
    expect(await Promise.all(many.map((word) => call("query", "say", word)))).toEqual(
      many.map((word) => `said ${word}`),
    );
    expect(seen).toHaveLength(2);

    seen.length = 0;
    const long = ["x".repeat(150), "y".repeat(150)];
    expect(await Promise.all(long.map((word) => call("query", "say", word)))).toEqual(
      long.map((word) => `said ${word}`),
    );
    expect(seen).toHaveLength(2);
  });

  it("changes things by POST, each on its own", async () => {
    expect(
      await Promise.all([call("mutation", "change", "one"), call("mutation", "change", "two")]),
    ).toEqual(["changed one", "changed two"]);
    expect(seen.map(({ method, tenant }) => [method, tenant])).toEqual([
      ["POST", "skyline"],
      ["POST", "skyline"],
    ]);
  });

  it.each(["/broken", "/short"])("reads the answer of %s as none at all", async (below) => {
    const error: unknown = await callAt(url + below)("query", "say", "x").catch((caught) => caught);
    expect(errorFacts(error)).toMatchObject({ kind: "offline", retryable: true });
  });

  it("reads a server that is away as one that cannot be reached", async () => {
    const away = callAt("http://127.0.0.1:1");
    const error: unknown = await away("mutation", "change", "x").catch((caught) => caught);
    expect(errorFacts(error)).toMatchObject({ kind: "offline", retryable: true });
  });
});
