"use client";

import type { ReactNode } from "react";
import { WeekPanel } from "#overview/week-panel.tsx";
import { AttemptTimeline } from "#job/attempt-timeline.tsx";
import { Button, IconButton } from "#ui/button.tsx";
import { CopyableId } from "#ui/copy-button.tsx";
import { Folded } from "#ui/folded.tsx";
import { ExternalLink } from "#ui/external-link.tsx";
import { Tag, Unseen } from "#ui/facts.tsx";
import { Field, Input } from "#ui/field.tsx";
import { FilterChip } from "#ui/filter-chip.tsx";
import { ActiveFilter, SearchField } from "#ui/filters.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { ReasonRow } from "#ui/reason-row.tsx";
import { CountsLegend } from "#ui/counts-legend.tsx";
import { SegmentedBar } from "#ui/segmented-bar.tsx";
import { EmptyState, ErrorCard, TableSkeleton } from "#ui/states.tsx";
import { Status } from "#ui/status.tsx";
import { Outcome } from "#job/attempt-outcome.tsx";
import { Panel } from "#ui/table.tsx";
import { Tabs } from "#ui/tabs.tsx";
import { Ago } from "#ui/time.tsx";
import { X } from "lucide-react";
import { JOB_FAILED, PROGRESS } from "./batch-fixtures.ts";
import { NUMBERS, REASONS } from "./overview-fixtures.ts";

const nothing = (): void => undefined;

const ERRORS = [
  Object.assign(
    new Error("The database cannot be reached right now; try again in a few seconds."),
    {
      data: { httpStatus: 503, requestId: "req-7f3a9c21e4" },
    },
  ),
  Object.assign(new Error("Forbidden"), { data: { httpStatus: 403, requestId: "req-7f3a9c21e5" } }),
  Object.assign(new Error("Signed out"), { data: { httpStatus: 401, requestId: null } }),
  new Error("fetch failed"),
];

const TABS = [
  { name: "results", word: "Results", count: 1240 },
  { name: "visits", word: "Visits" },
  { name: "reasons", word: "Reasons", count: 0 },
] as const;

/** Every component in every state. */
export function ComponentsView() {
  return (
    <>
      <PageHeader
        back={{ href: "/gallery", label: "Gallery" }}
        title="Components"
        state="Every component in every state."
        action={<Button variant="primary">Primary</Button>}
      />
      <Shelf title="Buttons">
        <Button variant="primary">Create batch of 48 domains</Button>
        <Button>Secondary</Button>
        <Button variant="ghost">Ghost</Button>
        <Button variant="danger">Cancel 75 domains</Button>
        <Button variant="primary" disabled>
          Disabled
        </Button>
        <Button disabled>Disabled</Button>
        <IconButton label="Close">
          <X className="size-4" />
        </IconButton>
      </Shelf>
      <Shelf title="Status">
        {(["pending", "running", "complete", "partial", "failed", "cancelled"] as const).map(
          (status) => (
            <Status key={status} status={status} />
          ),
        )}
      </Shelf>
      <Shelf title="Outcome of an attempt">
        {(["running", "done", "failed", "retry", "cancelled", "lost"] as const).map((outcome) => (
          <Outcome key={outcome} outcome={outcome} />
        ))}
      </Shelf>
      <SectionHeading title="Progress" />
      <Panel className="flex flex-col gap-4 p-4">
        <SegmentedBar counts={PROGRESS.counts} progress={PROGRESS.progress} size="hero" />
        <CountsLegend counts={PROGRESS.counts} />
        <SegmentedBar counts={PROGRESS.counts} progress={PROGRESS.progress} />
        <SegmentedBar
          counts={{ complete: 1, failed: 1, cancelled: 1, running: 1, pending: 20_000 }}
          progress={0.01}
          size="hero"
        />
      </Panel>
      <Shelf title="Filters">
        <FilterChip pressed={false} onPress={nothing}>
          Running
        </FilterChip>
        <FilterChip pressed onPress={nothing}>
          Failed
        </FilterChip>
        <ActiveFilter label="Reason: timeout" onRemove={nothing} />
        <SearchField label="Any part of a domain" value="" onChange={nothing} />
      </Shelf>
      <Shelf title="Fields">
        <Field label="Label" htmlFor="g-label" hint="How you will find it again." className="w-60">
          <Input id="g-label" />
        </Field>
        <Field
          label="Pages a domain"
          htmlFor="g-pages"
          error="A whole number from 1 to 1,000."
          className="w-60"
        >
          <Input id="g-pages" defaultValue="many" aria-invalid aria-describedby="g-pages-error" />
        </Field>
      </Shelf>
      <Shelf title="Values">
        <Ago at={PROGRESS.createdAt} />
        <CopyableId id={PROGRESS.batchId} label="Copy id" />
        <ExternalLink href="https://www.providence-dental.example/contact" />
        <ExternalLink href="javascript:alert(1)" />
        <Tag>WordPress</Tag>
        <Unseen />
      </Shelf>
      <SectionHeading title="Parts of a page" />
      <Tabs label="Parts" tabs={TABS} />
      <SectionHeading title="Reasons, folded after two" />
      <Panel>
        <Folded rows={REASONS} first={2} noun="reason">
          {({ code, count, message }) => (
            <ReasonRow key={code} count={count} width={2} message={message} aside="acme.example, …">
              <Button variant="ghost">Run these again</Button>
            </ReasonRow>
          )}
        </Folded>
      </Panel>
      <SectionHeading title="A week" />
      <Panel>
        <WeekPanel numbers={NUMBERS} />
      </Panel>
      <SectionHeading title="Attempts" />
      <AttemptTimeline job={JOB_FAILED} />
      <SectionHeading title="Faults" />
      <div className="grid gap-3 lg:grid-cols-2">
        {ERRORS.map((error) => (
          <ErrorCard key={error.message} error={error} onRetry={nothing} />
        ))}
      </div>
      <SectionHeading title="Nothing, and not yet" />
      <div className="grid gap-3 lg:grid-cols-2">
        <Panel>
          <EmptyState title="No batches yet" action={<Button variant="primary">New batch</Button>}>
            Paste a list of domains; every site is visited once.
          </EmptyState>
        </Panel>
        <Panel>
          <TableSkeleton rows={5} />
        </Panel>
      </div>
    </>
  );
}

function Shelf({ title, children }: { title: string; children: ReactNode }) {
  return (
    <>
      <SectionHeading title={title} />
      <Panel className="flex flex-wrap items-center gap-3 p-4">{children}</Panel>
    </>
  );
}
