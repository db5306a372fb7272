import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

export const domainQuery = (api: Api, domainId: string) =>
  queryOptions({
    queryKey: ["domains", "byId", domainId],
    queryFn: async () => (await api()).domains.byId.query({ domainId }),
  });
