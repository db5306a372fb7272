"use client";

import { type ReactNode, useState } from "react";
import { AgainDialog } from "#batch/again-dialog.tsx";
import { CancelDialog } from "#batch/cancel-dialog.tsx";
import { DeleteDialog } from "#batch/delete-dialog.tsx";
import { RenameDialog } from "#batch/rename-dialog.tsx";
import { JobPeek } from "#job/job-peek.tsx";
import { LeadPeek } from "#lead/lead-peek.tsx";
import { ChosenFilter } from "#list/chosen-filter.tsx";
import { PeekPanel, PeekSkeleton } from "#list/peek-panel.tsx";
import { ScheduleDialog } from "#schedule/schedule-dialog.tsx";
import { KeysDialog } from "#shell/keys-dialog.tsx";
import { Palette } from "#shell/palette.tsx";
import { PaletteList } from "#shell/palette-list.tsx";
import { PaletteState } from "#shell/palette-state.tsx";
import { toast } from "#shell/toast.ts";
import { ToastList } from "#shell/toast-list.tsx";
import { Button, buttonClass } from "#ui/button.tsx";
import { Menu } from "#ui/menu.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { SectionHeading } from "#ui/section-heading.tsx";
import { Popover, TOOL_CLASS } from "#ui/popover.tsx";
import { Panel } from "#ui/table.tsx";
import NewWebhookDialog from "#webhook/new-webhook-dialog.tsx";
import { PROGRESS } from "./batch-fixtures.ts";
import { SCHEDULE } from "./schedule-fixtures.ts";

const nothing = (): void => undefined;

const DIALOGS = {
  "Go to": (close) => <Palette open pasted="" onClose={close} />,
  Keys: (close) => <KeysDialog open onClose={close} />,
  Rename: (close) => <RenameDialog batch={PROGRESS} open onClose={close} />,
  "Run again": (close) => <AgainDialog batch={PROGRESS} open onClose={close} />,
  Cancel: (close) => <CancelDialog batch={PROGRESS} open onClose={close} />,
  Delete: (close) => <DeleteDialog batch={PROGRESS} open onClose={close} onDeleted={close} />,
  "New schedule": (close) => <ScheduleDialog open onClose={close} />,
  "New webhook": (close) => <NewWebhookDialog open onClose={close} />,
  "Edit schedule": (close) => <ScheduleDialog schedule={SCHEDULE} open onClose={close} />,
} satisfies Record<string, (close: () => void) => ReactNode>;

const FOUND = [
  { title: "Pages", choices: [{ label: "Batches", href: "#batches" }] },
  {
    title: "Businesses",
    choices: [
      { label: "Harborview Dental", note: "harborview-dental.example · Portland", href: "#1" },
      {
        label: "عيادة الميناء لطب الأسنان وتقويمها وجراحة الفم",
        note: "harbor.example",
        href: "#2",
      },
      {
        label: "A business whose name goes on for longer than any field of a search is wide",
        href: "#3",
      },
    ],
  },
];

const FAULT = Object.assign(new Error("The database cannot be reached right now."), {
  data: { httpStatus: 503, requestId: "req-7f3a9c21e4" },
});

/** What opens over a page or beside it, in every state. */
export function OverlaysView() {
  const [opened, setOpened] = useState<keyof typeof DIALOGS | null>(null);
  return (
    <>
      <PageHeader
        back={{ href: "/gallery", label: "Gallery" }}
        title="What opens"
        state="Menus, panels, dialogs, toasts and the detail beside a list."
      />
      <SectionHeading title="Dialogs" />
      <Panel className="flex flex-wrap gap-3 p-4">
        {(Object.keys(DIALOGS) as (keyof typeof DIALOGS)[]).map((name) => (
          <Button key={name} onClick={() => setOpened(name)}>
            {name}
          </Button>
        ))}
        {opened === null ? null : DIALOGS[opened](() => setOpened(null))}
      </Panel>
      <SectionHeading title="Menu and panel" />
      <Panel className="flex min-h-56 flex-wrap items-start gap-3 overflow-visible p-4">
        <Menu
          label="Menu"
          align="left"
          trigger="Menu"
          triggerClass={buttonClass()}
          entries={[
            { key: "chosen", label: "Chosen", chosen: true, onSelect: nothing },
            {
              key: "link",
              label: "A link with a name longer than the menu is wide",
              href: "#menu",
            },
            { key: "act", label: "An act…", onSelect: nothing },
          ]}
        />
        <Popover label="Panel" trigger="Panel" triggerClass={TOOL_CLASS}>
          {(close) => (
            <div className="p-3">
              <p className="mb-2">More than a menu holds.</p>
              <Button onClick={close}>Close</Button>
            </div>
          )}
        </Popover>
        <ChosenFilter
          name="technology"
          labels={{ by: "technology" }}
          chosen={["Shopify", "WordPress", "Calendly"]}
          onRemove={nothing}
        >
          <p className="p-3">What can be chosen instead.</p>
        </ChosenFilter>
        <ChosenFilter
          name="created"
          labels={{ by: "created" }}
          chosen={["2026-11-29"]}
          onRemove={nothing}
        >
          {null}
        </ChosenFilter>
      </Panel>
      <SectionHeading title="Search" />
      <div className="grid gap-3 lg:grid-cols-2">
        <Panel>
          <PaletteList id="found" groups={FOUND} at={1} onPoint={nothing} onChoose={nothing} />
        </Panel>
        <Panel className="self-start">
          <PaletteState text="dental" found={0} isAsking error={null} onAgain={nothing} />
          <PaletteState text="dental" found={0} isAsking={false} error={null} onAgain={nothing} />
          <PaletteState text="dental" found={1} isAsking={false} error={FAULT} onAgain={nothing} />
        </Panel>
      </div>
      <SectionHeading title="Beside a list" />
      <div className="grid items-start gap-3 lg:grid-cols-3">
        <PeekPanel id="any" label="Business" View={LeadPeek} onClose={nothing} />
        <PeekPanel id="failed" label="Job" View={JobPeek} onClose={nothing} />
        <Panel>
          <PeekSkeleton />
        </Panel>
      </div>
      <SectionHeading title="Toasts" />
      <Panel className="flex flex-wrap gap-3 p-4">
        <Button onClick={() => toast({ text: "The list was cleared." })}>Words</Button>
        <Button
          onClick={() =>
            toast({
              text: "12 run again, 3 were left out.",
              action: { label: "Undo", run: nothing },
            })
          }
        >
          With an act
        </Button>
        <Button
          onClick={() =>
            toast({ text: "The export is ready.", link: { label: "Exports", to: "/exports" } })
          }
        >
          With a page
        </Button>
      </Panel>
      <div className="relative mt-3 h-40 [&_ol]:absolute">
        <ToastList
          toasts={[
            {
              id: -1,
              text: "12 run again, 3 were left out.",
              action: { label: "Undo", run: nothing },
            },
            { id: -2, text: "The export is ready.", link: { label: "Exports", to: "/exports" } },
          ]}
        />
      </div>
    </>
  );
}
