import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DomainView } from "#domain/domain-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";
import { domainQuery } from "#domain/domain-queries.ts";

type Props = PageProps<"/t/[slug]/domains/[domainId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, domainId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(domainQuery(api, domainId)));
  return { title: found?.displayDomain ?? "Domain" };
}

export default async function DomainPage({ params }: Props) {
  const { slug, domainId } = await params;
  const { queryClient, api } = getApi(slug);
  await settle(queryClient.fetchQuery(domainQuery(api, domainId)));
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <DomainView key={domainId} domainId={domainId} />
    </Hydrated>
  );
}
