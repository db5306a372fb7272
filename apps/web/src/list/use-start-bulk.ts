"use client";

import type { BulkAction, bulkStartInput } from "@scrapersky/api/contract";
import { type QueryClient, useMutation, useQueryClient } from "@tanstack/react-query";
import type { z } from "zod";
import { isBulkOpen } from "#bulk/bulk-words.ts";
import { isSaid, toast } from "#shell/toast.ts";
import type { Api } from "#trpc/api.ts";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { toldOf } from "./told-bulk.ts";
import type { ListAct } from "./list-act.ts";

const LOOKED_AT_MS = 2_000;
/** Looks in a row without an answer after which its page has to say how it goes. */
const MISSED_MAX = 30;

interface Told {
  act: ListAct<never>;
  noun: { one: string; many?: string };
}

/** Begins an act on many rows, and tells how it goes until it has ended, wherever its reader is by then. */
export const useStartBulk = () => {
  const api = useApi();
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ call }: Told & { call: Record<string, unknown> }) =>
      (await api()).bulk.start.mutate(call as unknown as z.input<typeof bulkStartInput>),
    onSuccess: (action, { act, noun }) => {
      void follow(api, cache, { act, noun }, action);
      // What an act changes may be shown anywhere.
      void cache.invalidateQueries();
    },
  });
};

async function follow(api: Api, cache: QueryClient, told: Told, begun: BulkAction): Promise<void> {
  let action = begun;
  say(api, cache, told, action);
  for (let missed = 0; isBulkOpen(action) && missed < MISSED_MAX;) {
    await new Promise((resolve) => setTimeout(resolve, LOOKED_AT_MS));
    const now = await look(api, action.id);
    missed = now === undefined ? missed + 1 : 0;
    if (now === undefined) continue;
    action = now;
    if (!isBulkOpen(action)) void cache.invalidateQueries();
    // Who closed it on its way is told its end.
    if (isSaid(action.id) || !isBulkOpen(action)) say(api, cache, told, action);
  }
}

/** Nothing of a look that failed: there is another. */
const look = async (api: Api, id: string): Promise<BulkAction | undefined> => {
  try {
    return await (await api()).bulk.byId.query({ id });
  } catch {
    return undefined;
  }
};

function say(api: Api, cache: QueryClient, { act, noun }: Told, action: BulkAction): void {
  const { id, batchId, undoUntil } = action;
  const undo = async (): Promise<void> => {
    try {
      await (await api()).bulk.undo.mutate({ id });
      toast({ key: id, text: "It is as it was before." });
      void cache.invalidateQueries();
    } catch (error) {
      toast({ key: id, text: errorFacts(error).message });
    }
  };
  toast({
    key: id,
    text: toldOf(action, act, noun),
    stays: isBulkOpen(action),
    link:
      batchId === null
        ? { label: isBulkOpen(action) ? "See how it goes" : "Details", to: `/bulk/${id}` }
        : { label: "Open the batch", to: `/batches/${batchId}` },
    ...(undoUntil === null ? {} : { action: { label: "Undo", run: () => void undo() } }),
  });
}
