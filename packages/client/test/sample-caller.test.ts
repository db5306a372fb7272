import type { Permission } from "@scrapersky/api";
import { expectTypeOf, test } from "vitest";
import {
  createClient,
  type Inputs,
  isApiError,
  type Outputs,
  type ScraperSkyClient,
} from "../src/index.ts";

/** A program of another team, as it would be written. Compiled with the tests, so a breaking change shows here. */
export async function scanAndWait(client: ScraperSkyClient, domains: string[]): Promise<string> {
  const { batchId, invalid } = await client.batches.create.mutate({
    domains,
    maxPages: 5,
    label: "nightly",
  });
  for (const line of invalid) console.warn(`line ${line.line}: ${line.reason}`);
  const last = await new Promise<Outputs["batches"]["byId"]>((resolve, reject) => {
    let latest: Outputs["batches"]["byId"] | undefined;
    client.batches.onProgress.subscribe(
      { batchId },
      {
        onData: ({ data }) => (latest = data),
        onError: reject,
        onComplete: () => (latest ? resolve(latest) : reject(new Error("nothing was told"))),
      },
    );
  });
  const { items } = await client.jobs.list.query({ batchId, order: "batch", status: ["failed"] });
  return `${last.status}: ${last.counts.complete} of ${last.total}, failed ${items.map((job) => job.domain).join(", ")}`;
}

test("inputs and answers are typed end to end", () => {
  expectTypeOf<{ domains: string[] }>().toExtend<Inputs["batches"]["create"]>();
  expectTypeOf<{ rows: (string | null)[][] }>().toExtend<Inputs["batches"]["create"]>();
  expectTypeOf<Outputs["batches"]["byId"]["progress"]>().toEqualTypeOf<number>();
  expectTypeOf<Outputs["jobs"]["list"]["items"][number]["status"]>().toEqualTypeOf<
    "pending" | "running" | "complete" | "failed" | "cancelled"
  >();
  expectTypeOf<Outputs["profiles"]["me"]["permissions"]>().toEqualTypeOf<Permission[]>();
  const client = createClient({ url: "http://127.0.0.1:1", apiKey: "sk_live_x" });
  // @ts-expect-error a batch needs a list
  expectTypeOf(client.batches.create.mutate).toBeCallableWith({ maxPages: 5 });
  // @ts-expect-error there is no such procedure
  expectTypeOf(client.batches.explode).toBeFunction();
  expectTypeOf(isApiError).parameter(0).toBeUnknown();
});
