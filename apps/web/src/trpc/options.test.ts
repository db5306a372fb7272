import { QueryClient } from "@tanstack/react-query";
import { createTRPCClient, httpLink } from "@trpc/client";
import { createTRPCOptionsProxy } from "@trpc/tanstack-react-query";
import { expect, it } from "vitest";
import { createApiOptions } from "./options.ts";
import type { AppRouter } from "./router.ts";

const client = createTRPCClient<AppRouter>({ links: [httpLink({ url: "http://127.0.0.1:1" })] });
/** What the server fills the cache with: the keys of the browser must be the same. */
const theirs = createTRPCOptionsProxy<AppRouter>({ client, queryClient: new QueryClient() });

it("names everything as the server does", () => {
  const ours = createApiOptions(async () => undefined);
  const input = { limit: 5, order: "newest" } as const;
  const { queryKey } = ours.jobs.list.queryOptions(input);
  expect(queryKey).toEqual(theirs.jobs.list.queryOptions(input).queryKey);
  expect(ours.profiles.me.queryOptions().queryKey).toEqual(
    theirs.profiles.me.queryOptions().queryKey,
  );
  expect(ours.batches.cancel.mutationOptions().mutationKey).toEqual(
    theirs.batches.cancel.mutationOptions().mutationKey,
  );
  expect(ours.batches.pathFilter()).toEqual(theirs.batches.pathFilter());
});

it("asks and changes by path, and keeps the options it is given", async () => {
  const calls: unknown[] = [];
  const ours = createApiOptions(async (...call) => calls.push(call));
  const cache = new QueryClient();
  const query = ours.batches.status.queryOptions({ batchId: "b1" }, { staleTime: 7 });
  expect(query.staleTime).toBe(7);
  await cache.fetchQuery(query);
  const { mutationFn } = ours.batches.cancel.mutationOptions({ onSuccess: () => undefined });
  await cache.getMutationCache().build(cache, { mutationFn }).execute({ batchId: "b1" });
  expect(calls).toEqual([
    ["query", "batches.status", { batchId: "b1" }],
    ["mutation", "batches.cancel", { batchId: "b1" }],
  ]);
});
