import type { AuditListInput } from "@scrapersky/api/lists";
import { keepPreviousData, queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

export type PlatformAuditAsked = Partial<AuditListInput>;

export const platformAuditQuery = (api: Api, asked: PlatformAuditAsked) =>
  queryOptions({
    queryKey: ["audit", "platform", asked],
    queryFn: async () => (await api()).audit.platform.query(asked),
    placeholderData: keepPreviousData,
  });
