import { keepStreamPlaces } from "@scrapersky/api";
import { createClient, isRateLimited } from "@scrapersky/client";
import { pino } from "pino";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiServer, startServer } from "../src/server.ts";
import { OWNER, type Stack, startStack, VIEWER, WEB_URL } from "./stack.ts";

const MOST = 20;

let stack: Stack;
/** Another api on the same database. */
let other: ApiServer;
let path: string;
beforeAll(async () => {
  stack = await startStack();
  other = await startServer(
    {
      DATABASE_URL: stack.databaseUrl,
      API_PORT: 0,
      API_HOST: "127.0.0.1",
      WEB_URL,
      AUTH_SECRET: "a secret of forty characters for the test",
    },
    pino({ level: "silent" }),
  );
  const created = await stack.post(
    "/api/v3/batch_page_scraper/batch",
    { domains: ["one.example"] },
    OWNER,
  );
  const { batch_id: batchId } = (await created.json()) as { batch_id: string };
  path = `/api/trpc/batches.onProgress?input=${encodeURIComponent(JSON.stringify({ batchId }))}`;
});
afterAll(async () => {
  await other.close();
  await stack.close();
});

/** With the answers: fetch ends a stream whose answer is unread once the collector of garbage finds it. */
const open: { leaving: AbortController; answer: Response }[] = [];

/** Opens a stream at one of the two apis and leaves it open. */
async function listen(email: string, url: string): Promise<Response> {
  const leaving = new AbortController();
  const answer = await fetch(url + path, {
    headers: {
      accept: "text/event-stream",
      authorization: `Bearer ${stack.user(email).apiKey}`,
    },
    signal: leaving.signal,
  });
  if (answer.ok) open.push({ leaving, answer });
  return answer;
}

const urls = () => [stack.url, other.url];
const places = () => stack.rows("select stream from app.stream_places where ends_at > now()");

test("a key has twenty streams over all apis, and the next one is told so until one ends", async () => {
  // All at once, so that they get into each other's way.
  const answers = await Promise.all(
    Array.from({ length: MOST }, (_, index) => listen(OWNER, urls()[index % 2]!)),
  );
  expect(answers.map(({ status }) => status)).toEqual(Array<number>(MOST).fill(200));

  for (const url of urls()) {
    const refused = await listen(OWNER, url);
    expect([refused.status, refused.headers.get("retry-after")]).toEqual([429, "10"]);
    expect(await refused.text()).toContain("20 streams of live updates are open already");
  }
  const client = createClient({ url: stack.url, apiKey: stack.user(OWNER).apiKey });
  const told = await new Promise((resolve) => {
    client.batches.onProgress.subscribe(
      { batchId: "any" },
      { onError: resolve, onComplete: () => resolve("complete") },
    );
  });
  expect(isRateLimited(told as Error) && (told as { data: unknown }).data).toMatchObject({
    httpStatus: 429,
    errorCode: "TOO_MANY_STREAMS",
    retryAfterMs: 10_000,
  });
  expect((await listen(VIEWER, stack.url)).status).toBe(200);

  open[0]?.leaving.abort();
  await expect.poll(places).toHaveLength(MOST);
  expect((await listen(OWNER, other.url)).status).toBe(200);
});

test("what an api that died held is free again, unless somebody says that it is open", async () => {
  const streams = (await stack.rows<{ stream: string }>(
    "update app.stream_places set ends_at = now() - interval '1 second' where holder like 'key:%' returning stream",
  )) as { stream: string }[];
  const [first, ...rest] = streams.map(({ stream }) => stream);
  await keepStreamPlaces(stack.database.db, rest);
  expect(await places()).toHaveLength(MOST);
  const answers = await Promise.all([listen(OWNER, stack.url), listen(OWNER, other.url)]);
  expect(answers.filter(({ status }) => status === 429).length).toBeGreaterThan(0);
  expect(await places()).not.toContainEqual({ stream: first });
});
