import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { DomainView } from "#domain/domain-view.tsx";
import { getApi, settle } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/domains/[domainId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, domainId } = await params;
  const { queryClient, trpc } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(trpc.domains.byId.queryOptions({ domainId })));
  return { title: found?.domain ?? "Domain" };
}

export default async function DomainPage({ params }: Props) {
  const { slug, domainId } = await params;
  const { queryClient, trpc } = getApi(slug);
  await settle(queryClient.fetchQuery(trpc.domains.byId.queryOptions({ domainId })));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <DomainView key={domainId} domainId={domainId} />
    </HydrationBoundary>
  );
}
