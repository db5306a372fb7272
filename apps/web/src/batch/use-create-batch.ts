"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { SortedList } from "#intake/use-list.ts";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { BATCHES_KEY } from "./batch-queries.ts";
import type { KeptDraft } from "./use-draft.ts";
import { forgetFiles } from "./use-list-files.ts";

/** Sends the draft. However often it is sent, one draft makes one batch; its list stays to be used again. */
export const useCreateBatch = (
  { keeper, summary }: SortedList,
  { keySending, change, putAway }: KeptDraft,
) => {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: { label: string; maxPages: number; maxConcurrent: number }) => {
      const idempotencyKey = keySending();
      const list = await (await keeper()).toSend();
      const { label, ...options } = input;
      const { batches } = await api();
      return await batches.create.mutate({
        ...list,
        ...options,
        ...(label === "" ? {} : { label }),
        idempotencyKey,
      });
    },
    onSuccess: ({ batchId }, { label }) => {
      putAway({ batchId, label, domains: summary.running }, (files) => forgetFiles(keeper, files));
      void queryClient.invalidateQueries({ queryKey: BATCHES_KEY });
      router.push(path(`/batches/${batchId}`));
    },
    onError: (error) => {
      // What was refused was not done: the next try is another one.
      if (!errorFacts(error).retryable) change(() => ({}));
    },
  });
};
