"use client";

import { LIST_LIMIT_MAX } from "@scrapersky/api/wire";
import { useMutation } from "@tanstack/react-query";
import { useApi } from "#trpc/client.tsx";

/** More are better taken as a file. */
export const COPIED_DOMAINS_MAX = 5_000;

/** Copies the domains of a batch that failed for one reason, one a line, in the order of the list. Gives how many. */
export const useCopyDomains = (batchId: string, code: string) => {
  const api = useApi();
  return useMutation({
    mutationFn: async () => {
      const client = await api();
      const domains: string[] = [];
      let cursor: string | undefined;
      do {
        const page = await client.jobs.list.query({
          batchId,
          errorCode: [code],
          order: "batch",
          limit: LIST_LIMIT_MAX,
          cursor,
        });
        domains.push(...page.items.map(({ domain }) => domain));
        cursor = page.nextCursor ?? undefined;
      } while (cursor !== undefined && domains.length < COPIED_DOMAINS_MAX);
      await navigator.clipboard.writeText(domains.join("\n"));
      return domains.length;
    },
  });
};
