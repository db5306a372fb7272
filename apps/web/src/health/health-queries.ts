import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about the platform's health is filed under. */
export const HEALTH_KEY = ["health"];

export const healthQuery = (api: Api) =>
  queryOptions({
    queryKey: [...HEALTH_KEY, "overview"],
    queryFn: async () => (await api()).health.overview.query(),
  });

/** What anybody may know of the database, also while nobody can be recognised. */
export interface OpenHealth {
  checks: Record<"pooled" | "direct", { status: "ok" | "error"; latency_ms: number | null }>;
}

export const openHealthQuery = () =>
  queryOptions({
    queryKey: [...HEALTH_KEY, "open"],
    queryFn: async ({ signal }) => {
      const answer = await fetch("/health/database", { signal, cache: "no-store" });
      const told = (await answer.json()) as Partial<OpenHealth>;
      return told.checks === undefined ? null : { checks: told.checks };
    },
    retry: false,
  });
