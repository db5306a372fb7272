import type { Job } from "@scrapersky/api/contract";
import type { JOB_LIST } from "@scrapersky/api/lists";
import { TelLink } from "#domain/tel-link.tsx";
import { JOB_VIEW } from "#job/job-list-base.ts";
import type { ListView } from "#list/list-view.ts";
import { RowTo } from "#list/row-to.tsx";
import { CopyButton, CUT } from "#ui/copy-button.tsx";
import { Status } from "#ui/status.tsx";
import type { Column } from "#ui/table.tsx";

/** What is odd about the site that was read. */
const notesOf = ({ notes }: Job): string | null => notes.map(({ text }) => text).join(" ") || null;

const remarkOf = (job: Job): string | null =>
  job.error ?? notesOf(job) ?? job.lead?.reason?.text ?? null;

/** What the visits of a batch brought, business by business; a visit that brought nothing says why. */
const COLUMNS: Column<Job>[] = [
  {
    key: "domain",
    header: "Domain",
    narrow: "title",
    width: "lg:w-48 xl:w-56",
    cell: ({ jobId, domainId, domain, displayDomain }) => (
      <RowTo
        to={domainId === null ? `/jobs/${jobId}` : `/domains/${domainId}`}
        className="font-normal"
      >
        <span className="lg:figures" data-hint={domain}>
          {displayDomain}
        </span>
      </RowTo>
    ),
  },
  {
    key: "business",
    header: "Business",
    narrow: "line",
    cell: (job) => {
      const { status, lead } = job;
      const remark = remarkOf(job);
      // What is said goes on over columns that have nothing to say.
      const others = [lead?.bestEmail, lead?.bestPhone, lead?.town, lead?.platform];
      const spill = others.every((other) => other == null) ? "" : undefined;
      if (status === "complete" && lead?.name != null) {
        const notes = notesOf(job);
        return (
          <span
            data-spill={notes === null ? undefined : spill}
            data-hint={notes === null ? lead.name : `${lead.name}: ${notes}`}
          >
            <bdi>{lead.name}</bdi>
            {notes === null ? null : <span className="text-muted"> · {notes}</span>}
          </span>
        );
      }
      if (remark !== null) {
        return (
          <span
            data-spill={spill}
            className={status === "failed" ? "text-failed" : "text-muted"}
            data-hint={remark}
          >
            {remark}
          </span>
        );
      }
      return status === "complete" ? (
        <span className="text-muted">The site names no business</span>
      ) : (
        <Status status={status} />
      );
    },
  },
  {
    key: "email",
    header: "Best e-mail",
    narrow: "line",
    width: "lg:w-60 xl:w-68 2xl:w-80",
    cell: (job) => {
      const { status, lead } = job;
      if (status !== "complete" || lead === null) return null;
      const { bestEmail, name, reason } = lead;
      if (bestEmail === null) {
        // Said already where the business has no name, or the site is odd.
        return name === null || reason === null || notesOf(job) !== null ? null : (
          <span className="text-muted" data-hint={reason.text}>
            {reason.text}
          </span>
        );
      }
      return (
        <span className="flex items-center gap-0.5">
          <span className={CUT} data-hint={bestEmail}>
            {bestEmail}
          </span>
          <span className="relative z-1 -my-1 shrink-0">
            <CopyButton value={bestEmail} label={`Copy ${bestEmail}`} />
          </span>
        </span>
      );
    },
  },
  {
    key: "phone",
    header: "Phone",
    narrow: "meta",
    width: "w-36",
    cell: ({ status, lead }) =>
      status !== "complete" || lead?.bestPhone == null ? null : (
        <span className="relative z-1">
          <TelLink text={lead.bestPhone} />
        </span>
      ),
  },
  {
    key: "town",
    header: "Town",
    narrow: "meta",
    width: "w-32",
    away: "lg:max-[1100px]:hidden",
    cell: ({ status, lead }) =>
      status !== "complete" || lead?.town == null ? null : (
        <span data-hint={lead.town}>{lead.town}</span>
      ),
  },
  {
    key: "platform",
    header: "Platform",
    narrow: "aside",
    width: "w-28",
    away: "lg:max-xl:hidden",
    cell: ({ status, lead }) =>
      status !== "complete" || lead?.platform == null ? null : (
        <span className="text-muted" data-hint={lead.platform}>
          {lead.platform}
        </span>
      ),
  },
];

/** The jobs of a batch by what they brought. */
export const RESULTS: ListView<typeof JOB_LIST> = {
  ...JOB_VIEW,
  name: "results",
  title: "Results",
  columns: COLUMNS,
};
