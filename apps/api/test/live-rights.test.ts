import { createClient, isApiError } from "@scrapersky/client";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { FAR_OWNER, OWNER, type Stack, startStack, VIEWER } from "./stack.ts";

let stack: Stack;
beforeAll(async () => (stack = await startStack()));
afterAll(() => stack.close());

test("live updates end with the key, and with the person, that opened them", async () => {
  const created = await stack.post(
    "/api/v3/batch_page_scraper/batch",
    { domains: ["one.example"] },
    OWNER,
  );
  const { batch_id: batchId } = (await created.json()) as { batch_id: string };
  const ended: unknown[] = [];
  for (const email of [OWNER, VIEWER]) {
    const client = createClient({ url: stack.url, apiKey: stack.user(email).apiKey });
    const onData = vi.fn<() => void>();
    client.batches.onProgress.subscribe(
      { batchId },
      {
        onData,
        onComplete: () => ended.push("complete"),
        onError: (error) => ended.push(isApiError(error) ? error.data?.httpStatus : error),
      },
    );
    await expect.poll(() => onData.mock.calls.length).toBe(1);
  }
  await stack.rows(
    `update app.api_keys set revoked_at = now()
     where profile_id = (select id from profiles where email = :email)`,
    { email: OWNER },
  );
  await stack.rows("update profiles set active = false where email = :email", { email: VIEWER });
  await expect.poll(() => ended).toEqual([401, 401]);
});

test("live updates end with the tenant that is switched off", async () => {
  const asked = { domains: ["two.example"] };
  const created = await stack.post("/api/v3/batch_page_scraper/batch", asked, FAR_OWNER);
  const { batch_id: batchId } = (await created.json()) as { batch_id: string };
  const client = createClient({ url: stack.url, apiKey: stack.user(FAR_OWNER).apiKey });
  const onData = vi.fn<() => void>();
  let ended: unknown;
  client.batches.onProgress.subscribe(
    { batchId },
    {
      onData,
      onComplete: () => (ended = "complete"),
      onError: (error) => (ended = isApiError(error) ? error.data?.httpStatus : error),
    },
  );
  await expect.poll(() => onData.mock.calls.length).toBe(1);
  await stack.rows(
    "update tenants set is_active = false where id = (select tenant_id from profiles where email = :email)",
    { email: FAR_OWNER },
  );
  await expect.poll(() => ended).toBe(401);
  expect((await stack.get("/api/v3/jobs", FAR_OWNER)).status).toBe(401);
});
