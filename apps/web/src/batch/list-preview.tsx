"use client";

import { clsx } from "clsx";
import { Suspense } from "react";
import type { SortedList } from "#intake/use-list.ts";
import { EmptyState } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import type { ListActions } from "./list-actions.ts";
import type { Draft } from "./use-draft.ts";
import { late } from "#ui/late.ts";

export const PREVIEW_ID = "preview";

// Comes with the first line, as the worker does that sorts it.
const ListPanel = late(async () => ({ default: (await import("./list-panel.tsx")).ListPanel }));

/** What will become of the list, beside it. */
export function ListPreview({
  list,
  heading,
  runs,
  draft,
  actions,
}: {
  list: SortedList;
  heading: string;
  runs: boolean;
  draft: Draft;
  actions: ListActions;
}) {
  const isEmpty = draft.text.trim() === "" && draft.files.length === 0;
  return (
    <div className="min-w-0">
      <h2
        id={PREVIEW_ID}
        tabIndex={-1}
        aria-live="polite"
        className="mb-1.5 flex h-6 items-center text-sm font-medium"
      >
        {heading}
      </h2>
      {/* `relative` holds what is only spoken, which would otherwise be laid out below the page. */}
      <Panel
        className={clsx(
          "relative overflow-hidden lg:h-[32rem]",
          isEmpty ? "min-h-40" : "h-[26rem]",
        )}
      >
        {list.failed ? (
          <Centred title="The list cannot be sorted">
            A part of this page could not be loaded. What you wrote is kept: reload the page.
          </Centred>
        ) : isEmpty ? (
          <Centred title="Nothing pasted yet">
            As you type, the lines are sorted here: what will run, what was fixed, what is there
            twice, what was scanned lately, and what is not a web site.
          </Centred>
        ) : (
          <Suspense>
            <ListPanel list={list} runs={runs} reuse={draft.reuse} actions={actions} />
          </Suspense>
        )}
      </Panel>
    </div>
  );
}

function Centred({ title, children }: { title: string; children: string }) {
  return (
    <div className="flex h-full flex-col justify-center">
      <EmptyState title={title}>{children}</EmptyState>
    </div>
  );
}
