import {
  BATCH_DOMAINS_MAX,
  LABEL_LENGTH_MAX,
  MAX_CONCURRENT_DEFAULT,
  MAX_CONCURRENT_MAX,
  MAX_PAGES_DEFAULT,
  MAX_PAGES_MAX,
} from "@scrapersky/api/contract";
import { NewBatchView } from "#batch/new-batch-view.tsx";
import { Refused } from "#shell/refused.tsx";
import { getMe } from "#trpc/server.ts";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("New batch");

export default async function NewBatchPage({
  params,
  searchParams,
}: PageProps<"/t/[slug]/batches/new">) {
  const { permissions } = await getMe((await params).slug);
  if (!permissions.includes("batches:create")) return <Refused what="create batches" />;
  const { from, only } = await searchParams;
  return (
    <NewBatchView
      from={
        typeof from === "string"
          ? { batchId: from, only: only === "failed" ? "failed" : "all" }
          : undefined
      }
      limits={{
        domainsMax: BATCH_DOMAINS_MAX,
        maxPagesDefault: MAX_PAGES_DEFAULT,
        maxPagesMax: MAX_PAGES_MAX,
        maxConcurrentDefault: MAX_CONCURRENT_DEFAULT,
        maxConcurrentMax: MAX_CONCURRENT_MAX,
        labelLengthMax: LABEL_LENGTH_MAX,
      }}
    />
  );
}
