import { dehydrate, HydrationBoundary } from "@tanstack/react-query";
import type { Metadata } from "next";
import { JobView } from "#job/job-view.tsx";
import { getApi, settle } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/jobs/[jobId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, jobId } = await params;
  const { queryClient, trpc } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(trpc.jobs.byId.queryOptions({ jobId })));
  return { title: found?.domain ?? "Job" };
}

export default async function JobPage({ params }: Props) {
  const { slug, jobId } = await params;
  const { queryClient, trpc } = getApi(slug);
  await settle(queryClient.fetchQuery(trpc.jobs.byId.queryOptions({ jobId })));
  return (
    <HydrationBoundary state={dehydrate(queryClient)}>
      <JobView key={jobId} jobId={jobId} />
    </HydrationBoundary>
  );
}
