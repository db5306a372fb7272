"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiClient } from "./api.ts";
import { useApi } from "./client.tsx";

/** Changes something; what pages show of it is asked for again before it counts as done. */
export const useAct = <Input, Answer>(
  shown: QueryKey,
  act: (client: ApiClient, input: Input) => Promise<Answer>,
  onDone?: (answer: Answer) => void,
) => {
  const api = useApi();
  const queryClient = useQueryClient();
  return useMutation({
    mutationFn: async (input: Input) => await act(await api(), input),
    onSuccess: async (answer) => {
      onDone?.(answer);
      await queryClient.invalidateQueries({ queryKey: shown });
    },
  });
};
