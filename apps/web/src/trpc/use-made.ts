"use client";

import { type QueryKey, useMutation, useQueryClient } from "@tanstack/react-query";
import type { ApiClient } from "./api.ts";
import { useApi } from "./client.tsx";

/**
 * Makes what tells a secret once. What pages show is asked for again only when its dialog is left: an empty list whose first
 * row comes takes its button, and the dialog of it, away.
 */
export const useMade = <Answer>(
  shown: QueryKey,
  make: (client: ApiClient) => Promise<Answer>,
  onClose: () => void,
) => {
  const api = useApi();
  const queryClient = useQueryClient();
  const made = useMutation({ mutationFn: async () => await make(await api()) });
  const leave = (): void => {
    onClose();
    if (made.data !== undefined) void queryClient.invalidateQueries({ queryKey: shown });
  };
  return { ...made, leave };
};
