import { dehydrate } from "@tanstack/react-query";
import type { Metadata } from "next";
import { JobView } from "#job/job-view.tsx";
import { Hydrated } from "#trpc/hydrated.tsx";
import { getApi, settle } from "#trpc/server.ts";
import { jobQuery } from "#job/job-queries.ts";
import { leadQuery } from "#lead/lead-queries.ts";

type Props = PageProps<"/t/[slug]/jobs/[jobId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, jobId } = await params;
  const { queryClient, api } = getApi(slug);
  const found = await settle(queryClient.fetchQuery(jobQuery(api, jobId)));
  return { title: found?.displayDomain ?? "Job" };
}

export default async function JobPage({ params }: Props) {
  const { slug, jobId } = await params;
  const { queryClient, api } = getApi(slug);
  const job = await settle(queryClient.fetchQuery(jobQuery(api, jobId)));
  if (job?.domainId != null && job.result !== null) {
    await queryClient.prefetchQuery(leadQuery(api, job.domainId));
  }
  return (
    <Hydrated state={dehydrate(queryClient)}>
      <JobView key={jobId} jobId={jobId} />
    </Hydrated>
  );
}
