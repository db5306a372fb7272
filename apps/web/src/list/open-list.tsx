import type { OrderOf } from "@scrapersky/api/lists";
import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { Refused } from "#shell/refused.tsx";
import { getApi, getMe } from "#trpc/server.ts";
import { readListAddress } from "./list-address.ts";
import { listQuery, type WebList } from "./list-query.ts";
import { columnsKey, preferenceQuery } from "./preference-query.ts";
import { toSearchParams } from "./page-params.ts";

/** The page of a list on the server: asks what its address asks, so that the first paint holds the rows. */
export const openList = <L extends WebList>(list: L, View: ComponentType, order?: OrderOf<L>) =>
  async function ListOpened({
    params,
    searchParams,
  }: {
    params: Promise<{ slug: string }>;
    searchParams: Promise<Record<string, string | string[] | undefined>>;
  }) {
    const { slug } = await params;
    const { permissions } = await getMe(slug);
    if (!permissions.includes(list.permission)) return <Refused what={`see ${list.name}`} />;
    const { input } = readListAddress(list, toSearchParams(await searchParams), undefined, order);
    const { queryClient, api } = getApi(slug);
    await Promise.all([
      queryClient.prefetchQuery(listQuery(api, list, input)),
      queryClient.prefetchQuery(preferenceQuery(api, columnsKey(list.name))),
    ]);
    return (
      <HydrationBoundary state={dehydrate(queryClient)}>
        <View />
      </HydrationBoundary>
    );
  };
