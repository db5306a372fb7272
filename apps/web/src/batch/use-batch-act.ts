"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { JOBS_KEY } from "#job/job-queries.ts";
import type { ApiClient } from "#trpc/api.ts";
import { useApi } from "#trpc/client.tsx";
import { BATCHES_KEY } from "./batch-queries.ts";

/** An act on a batch or one of its jobs; what pages show of both is asked for again before it counts as done. */
export const useBatchAct = <Input, Answer>(
  act: (client: ApiClient, input: Input) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => await act(await api(), input),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await Promise.all([
        queryClient.invalidateQueries({ queryKey: BATCHES_KEY }),
        queryClient.invalidateQueries({ queryKey: JOBS_KEY }),
      ]);
    },
  });
};
