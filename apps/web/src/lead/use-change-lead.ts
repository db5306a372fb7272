"use client";

import type { DomainDetail, LeadDetail, LeadNotes } from "@scrapersky/api/contract";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { domainQuery } from "#domain/domain-queries.ts";
import type { ApiClient } from "#trpc/api.ts";
import { useApi } from "#trpc/client.tsx";
import { LEADS_KEY } from "./lead-queries.ts";

/** What a change gives back of the lead. */
type Changed = Partial<Pick<LeadDetail, "bestEmail" | "bestPhone">> & { notes: LeadNotes };

export interface LeadPlace {
  domainId: string;
  expectedUpdatedAt: string | null;
}

/**
 * Changes what is the staff's of a lead. When somebody else did so meanwhile the page is read again, and the change can be
 * made on what stands there now. Changes of one lead wait for each other, so that none of them is stale by the one before.
 */
export const useChangeLead = <Input>(
  lead: Pick<LeadDetail, "domainId" | "notes">,
  change: (client: ApiClient, place: LeadPlace, input: Input) => Promise<Changed>,
) => {
  const api = useApi();
  const queryClient = useQueryClient();
  const { domainId, notes } = lead;
  const { queryKey } = domainQuery(api, domainId);
  return useMutation({
    scope: { id: `lead ${domainId}` },
    mutationFn: async (input: Input) => {
      const known = queryClient.getQueryData<DomainDetail>(queryKey)?.lead?.notes ?? notes;
      return change(await api(), { domainId, expectedUpdatedAt: known.updatedAt }, input);
    },
    onSuccess: (changed) => {
      queryClient.setQueryData<DomainDetail>(queryKey, (domain) =>
        domain?.lead == null ? domain : { ...domain, lead: { ...domain.lead, ...changed } },
      );
      return queryClient.invalidateQueries({ queryKey: LEADS_KEY });
    },
    onError: () => queryClient.invalidateQueries({ queryKey }),
  });
};
