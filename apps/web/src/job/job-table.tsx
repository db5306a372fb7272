"use client";

import type { Job } from "@scrapersky/api/contract";
import { formatCount } from "#format/number.ts";
import { formatSeconds } from "#format/time.ts";
import { RowTo } from "#list/row-to.tsx";
import { Unseen } from "#ui/facts.tsx";
import { Status } from "#ui/status.tsx";
import type { ListColumn } from "#list/list-view.ts";
import { Elapsed } from "#ui/time.tsx";
import { whatHappened } from "./job-words.ts";

/** What is told of jobs; `beside` tells their batches where these are several. */
export const jobColumns = (
  beside: ListColumn<Job, "newest">[] = [],
): ListColumn<Job, "newest">[] => {
  const inBatch = beside.length === 0;
  return [
    {
      key: "domain",
      header: "Domain",
      narrow: "title",
      width: inBatch ? "lg:w-60 xl:w-72" : "lg:w-56 xl:w-64",
      cell: ({ jobId, domain, displayDomain }) => (
        <RowTo to={`/jobs/${jobId}`} className="font-normal">
          <span className="lg:figures" data-hint={domain}>
            {displayDomain}
          </span>
        </RowTo>
      ),
    },
    {
      key: "status",
      header: "Status",
      narrow: "aside",
      width: "w-28",
      cell: ({ status }) => <Status status={status} />,
    },
    {
      key: "error",
      header: "What happened",
      narrow: "line",
      cell: (job) => {
        const words = whatHappened(job);
        return words === null ? null : (
          <span className="text-muted" data-hint={words}>
            {words}
          </span>
        );
      },
    },
    {
      key: "attempts",
      header: "Attempts",
      narrow: "hidden",
      align: "right",
      width: "w-20",
      away: inBatch ? "lg:max-xl:hidden" : "lg:max-[1600px]:hidden",
      cell: ({ attempts }) =>
        attempts === 0 ? <Unseen what="not begun" /> : <span className="figures">{attempts}</span>,
    },
    {
      key: "duration",
      header: "Duration",
      narrow: "meta",
      align: "right",
      width: "w-26",
      away: "lg:max-[1100px]:hidden",
      cell: ({ status, startedAt, durationSeconds }) =>
        status === "running" && startedAt !== null ? (
          <span className="figures">
            <Elapsed since={startedAt} until={null} />
          </span>
        ) : durationSeconds === null ? (
          <span data-wide className="max-lg:hidden">
            <Unseen what="not begun" />
          </span>
        ) : (
          <span className="figures">{formatSeconds(durationSeconds)}</span>
        ),
    },
    {
      key: "pages",
      header: "Pages",
      narrow: "meta",
      align: "right",
      width: "w-18",
      away: inBatch ? undefined : "lg:max-[1100px]:hidden",
      cell: ({ pages }) =>
        pages === null ? null : (
          <span className="figures">
            {formatCount(pages)}
            <span className="font-sans lg:hidden"> {pages === 1 ? "page" : "pages"}</span>
          </span>
        ),
    },
    ...beside,
  ];
};
