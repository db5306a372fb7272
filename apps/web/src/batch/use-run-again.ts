"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY } from "#job/job-queries.ts";
import { OVERVIEW_KEY } from "#overview/overview-queries.ts";
import { useApi } from "#trpc/client.tsx";
import { BATCHES_KEY } from "./batch-queries.ts";

/** Lets the jobs of some batches that failed for one reason run again. Gives how many there were. */
export const useRunAgain = (code: string, batchIds: readonly string[]) => {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const client = await api();
      let retried = 0;
      for (const batchId of batchIds) {
        const answer = await client.batches.retryFailed.mutate({ batchId, errorCodes: [code] });
        retried += answer.retried;
      }
      return retried;
    },
    onSettled: () =>
      Promise.all(
        [BATCHES_KEY, JOBS_KEY, OVERVIEW_KEY].map((queryKey) =>
          queryClient.invalidateQueries({ queryKey }),
        ),
      ),
  });
};
