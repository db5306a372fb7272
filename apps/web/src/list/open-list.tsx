import type { OrderOf } from "@scrapersky/api/lists";
import { dehydrate } from "@tanstack/react-query";
import type { ComponentType } from "react";
import { Refused } from "#shell/refused.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
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
    const { input } = readListAddress(list, toSearchParams(await searchParams), undefined, order);
    const { queryClient, api } = getApi(slug);
    // All at once: whoever may not see the list is told so, and the api tells nothing of it.
    const [{ permissions }] = await Promise.all([
      getMe(slug),
      queryClient.prefetchQuery(listQuery(api, list, input)),
      queryClient.prefetchQuery(preferenceQuery(api, columnsKey(list.name))),
    ]);
    if (!permissions.includes(list.permission)) return <Refused what={`see ${list.name}`} />;
    return (
      <Hydrated state={dehydrate(queryClient)}>
        <View />
      </Hydrated>
    );
  };
