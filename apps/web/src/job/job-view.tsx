"use client";

import type { JobDetail } from "@scrapersky/api/contract";
import { useQuery } from "@tanstack/react-query";
import { Link } from "#ui/link.tsx";
import { batchNameOf } from "#batch/batch-words.ts";
import { isOver } from "#batch/is-over.ts";
import { siteUrlText } from "#domain/domain-facts.ts";
import { ScanNotes } from "#domain/scan-notes.tsx";
import { countOf, formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { useReportFreshness } from "#shell/live.tsx";
import { usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Facts, Tag, Unseen } from "#ui/facts.tsx";
import { CallLater } from "#call/call-later.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { EmptyState, ErrorCard, Loading, Skeleton } from "#ui/states.tsx";
import { Status, ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";
import { Ago } from "#ui/time.tsx";
import { useApi } from "#trpc/client.tsx";
import { AttemptTimeline } from "./attempt-timeline.tsx";
import { JobActs } from "./job-acts.tsx";
import { JobContacts } from "./job-contacts.tsx";
import { JobWaiting } from "./job-waiting.tsx";
import { jobQuery } from "./job-queries.ts";

const REFRESH_MS = 2_000;

const hasEnded = (job: JobDetail | undefined): boolean => job !== undefined && isOver(job.status);

/** One job: what went wrong first, then where the time went, then what was found. */
export function JobView({ jobId }: { jobId: string }) {
  const api = useApi();
  const path = usePath();
  const query = useQuery({
    ...jobQuery(api, jobId),
    refetchInterval: ({ state }) => (hasEnded(state.data) ? false : REFRESH_MS),
  });
  const job = query.data;
  useReportFreshness(
    query.isError ? "reconnecting" : hasEnded(job) ? "still" : "polling",
    query.dataUpdatedAt,
  );
  if (job === undefined) {
    return query.isError ? (
      <ErrorCard error={query.error} onRetry={() => void query.refetch()} />
    ) : (
      <Loading what="Loading the job">
        <Skeleton className="mb-2 h-6 w-64" />
        <Skeleton className="w-80 max-w-full" />
      </Loading>
    );
  }
  return (
    <>
      <PageHeader
        back={
          job.batchId === null
            ? { href: path("/jobs"), label: "Jobs" }
            : { href: path(`/batches/${job.batchId}`), label: batchNameOf(job) ?? "Batch" }
        }
        title={<span data-hint={job.domain}>{job.displayDomain}</span>}
        state={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <Status status={job.status} />
            <span>
              Created <Ago at={job.createdAt} />
            </span>
            {job.durationSeconds === null ? null : (
              <span>Took {formatSeconds(job.durationSeconds)}</span>
            )}
            <CopyableId id={job.jobId} label="Copy job id" />
          </span>
        }
        action={
          <>
            <JobActs job={job} />
            {job.domainId === null ? null : (
              <ButtonLink href={path(`/domains/${job.domainId}`)}>Open the business</ButtonLink>
            )}
            <CallLater
              rest={`/jobs/${job.jobId}`}
              procedure="jobs.byId"
              input={{ jobId: job.jobId }}
            />
          </>
        }
      />
      {query.isError ? (
        <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="mb-3" />
      ) : null}
      {job.error === null ? null : <JobError job={job} />}
      <div className="gap-6 xl:grid xl:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="min-w-0">
          {job.result === null ? null : <JobFound job={job} result={job.result} />}
          <SectionHeading title="Attempts" />
          {job.status === "pending" ? (
            <Panel className={job.attemptList.length === 0 ? undefined : "mb-3"}>
              <JobWaiting job={job} />
            </Panel>
          ) : null}
          {job.attemptList.length > 0 ? (
            <AttemptTimeline job={job} />
          ) : job.status === "pending" ? null : (
            <Panel>
              <NoAttempt job={job} />
            </Panel>
          )}
        </div>
        <div className="min-w-0">
          <SectionHeading title="Submitted" />
          <Panel>
            <Facts
              facts={[
                { label: "Line", value: <span className="figures break-all">{job.input}</span> },
                { label: "At most", value: countOf(job.maxPages, "page") },
                {
                  label: "Batch",
                  value:
                    job.batchId === null ? undefined : (
                      <Link
                        href={path(`/batches/${job.batchId}`)}
                        className="text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current"
                      >
                        {batchNameOf(job)}
                      </Link>
                    ),
                },
                { label: "Attempts", value: formatCount(job.attempts) },
                {
                  label: "Started",
                  value: job.startedAt === null ? undefined : <Ago at={job.startedAt} />,
                },
                {
                  label: "Ended",
                  value: job.endedAt === null ? undefined : <Ago at={job.endedAt} />,
                },
              ]}
            />
          </Panel>
        </div>
      </div>
    </>
  );
}

function NoAttempt({ job }: { job: JobDetail }) {
  if (job.status === "cancelled") {
    return <EmptyState title="Cancelled before it began" />;
  }
  return <EmptyState title="Nothing was tried">The line names no web site to visit.</EmptyState>;
}

function JobError({ job }: { job: JobDetail }) {
  const last = job.attemptList.at(-1);
  return (
    <Panel className="p-4">
      <div className="flex gap-2.5">
        <ToneIcon tone="failed" className="mt-1" />
        <div className="min-w-0">
          <p className="font-medium break-words">{job.error}</p>
          <p className="figures text-muted">{job.errorCode}</p>
        </div>
      </div>
      {last === undefined ? null : (
        <details className="mt-2 pl-6">
          <summary className="text-sm text-muted hover:text-text">
            The last attempt as recorded
          </summary>
          {/* Focusable, because it scrolls sideways. */}
          <pre
            tabIndex={0}
            className="figures mt-2 max-h-80 overflow-auto rounded-md border border-line bg-canvas p-3"
          >
            {JSON.stringify(last, null, 2)}
          </pre>
        </details>
      )}
    </Panel>
  );
}

function JobFound({ job, result }: { job: JobDetail; result: NonNullable<JobDetail["result"]> }) {
  return (
    <>
      <ScanNotes notes={job.notes} className="mt-3" />
      {job.domainId === null ? null : <JobContacts domainId={job.domainId} />}
      <SectionHeading title="What was found" />
      <Panel>
        <Facts
          facts={[
            { label: "Title", value: result.title ?? undefined },
            {
              label: "Address",
              value: result.finalUrl && (
                <ExternalLink
                  href={result.finalUrl}
                  text={siteUrlText(result.finalUrl, job)}
                  className="figures"
                />
              ),
            },
            { label: "Pages", value: formatCount(result.pages) },
            {
              label: "Contacts",
              value: `${countOf(result.contacts, "e-mail")}, ${countOf(result.phones, "phone")}`,
            },
            { label: "Technology", value: <Tags words={result.technologies} /> },
          ]}
        />
      </Panel>
    </>
  );
}

function Tags({ words }: { words: string[] }) {
  if (words.length === 0) return <Unseen />;
  return (
    <span className="flex flex-wrap gap-1.5">
      {words.map((word) => (
        <Tag key={word}>{word}</Tag>
      ))}
    </span>
  );
}
