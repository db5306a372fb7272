import { queryOptions } from "@tanstack/react-query";
import type { Api } from "#trpc/api.ts";

/** What every kept answer about people is filed under. */
export const PROFILES_KEY = ["profiles"];
export const RBAC_KEY = ["rbac"];

export const profileQuery = (api: Api, profileId: string) =>
  queryOptions({
    queryKey: [...PROFILES_KEY, "byId", profileId],
    queryFn: async () => (await api()).profiles.byId.query({ profileId }),
  });

export const rolesQuery = (api: Api) =>
  queryOptions({
    queryKey: [...RBAC_KEY, "roles"],
    queryFn: async () => (await api()).rbac.roles.query(),
  });

export const assignmentsQuery = (api: Api, profileId: string) =>
  queryOptions({
    queryKey: [...PROFILES_KEY, "assignments", profileId],
    queryFn: async () => (await api()).rbac.assignments.query({ profileId }),
  });
