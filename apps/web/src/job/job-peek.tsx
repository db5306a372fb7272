"use client";

import { useQuery } from "@tanstack/react-query";
import { PeekFacts, PeekHead } from "#list/peek-facts.tsx";
import { PeekSkeleton } from "#list/peek-panel.tsx";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { useApi } from "#trpc/client.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { jobQuery } from "./job-queries.ts";
import { whatHappened } from "./job-words.ts";

/** A job beside its list: how it went, and what it brought. */
export function JobPeek({ id }: { id: string }) {
  const query = useQuery(jobQuery(useApi(), id));
  const job = query.data;
  if (job === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="border-0" />
    ) : (
      <PeekSkeleton />
    );
  }
  const { result } = job;
  return (
    <>
      <PeekHead title={job.displayDomain} to={`/jobs/${job.jobId}`} open="Open the job">
        <Status status={job.status} />
      </PeekHead>
      {whatHappened(job) === null ? null : (
        <p className="border-t border-line px-4 py-3 text-sm">{whatHappened(job)}</p>
      )}
      <PeekFacts
        facts={[
          { label: "Title", value: result?.title },
          { label: "Pages", value: job.pages === null ? null : formatCount(job.pages) },
          { label: "E-mails", value: result === null ? null : formatCount(result.contacts) },
          { label: "Phones", value: result === null ? null : formatCount(result.phones) },
          { label: "Technology", value: result?.technologies.join(", ") },
          { label: "Attempts", value: formatCount(job.attempts) },
          {
            label: "Duration",
            value: job.durationSeconds === null ? null : formatSeconds(job.durationSeconds),
          },
          { label: "Created", value: <Ago at={job.createdAt} /> },
        ]}
      />
    </>
  );
}
