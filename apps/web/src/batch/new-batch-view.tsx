"use client";

import { useEffect, useRef, useState } from "react";
import { countOf, formatCount } from "#format/number.ts";
import type { ListSummary } from "#intake/list-shape.ts";
import { replaceEntry } from "#intake/replace-entry.ts";
import { useList } from "#intake/use-list.ts";
import { useHotkey } from "#shell/hotkey.ts";
import { shortcutOf } from "#shell/keys.ts";
import { useMe, usePath } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { useCommandKey } from "#ui/command-key.ts";
import { Field, Input } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { ErrorCard } from "#ui/states.tsx";
import { estimateWords } from "./estimate-words.ts";
import { LastListOffer } from "./last-list.tsx";
import type { ListActions } from "./list-actions.ts";
import { ListPreview } from "./list-preview.tsx";
import { FIELD_ID, ListSource } from "./list-source.tsx";
import { NumberField, readNumber } from "./number-field.tsx";
import { suggestLabel } from "./suggest-label.ts";
import { type ListOf, useBatchList } from "./use-batch-list.ts";
import { useCreateBatch } from "./use-create-batch.ts";
import { useDraft, type Draft } from "./use-draft.ts";
import { useDropFiles } from "./use-drop-files.ts";
import { forgetFiles, useListFiles } from "./use-list-files.ts";
import { useScannedLately } from "./use-scanned-lately.ts";

/** The contract's numbers, handed down by the server so that its schemas stay out of the page. */
export interface BatchLimits {
  domainsMax: number;
  maxPagesDefault: number;
  maxPagesMax: number;
  maxConcurrentDefault: number;
  maxConcurrentMax: number;
  labelLengthMax: number;
}

const emptyDraft = ({ maxPagesDefault, maxConcurrentDefault }: BatchLimits): Draft => ({
  text: "",
  column: null,
  files: [],
  reuse: { all: false, but: [] },
  label: null,
  maxPages: String(maxPagesDefault),
  maxConcurrent: String(maxConcurrentDefault),
  sendingKey: null,
});

/** Why a list cannot be one batch, as what it is and what to do; null when it can. */
const readExcess = (
  { running, tooLarge }: ListSummary,
  { domainsMax }: BatchLimits,
): { heading: string; advice: string } | null => {
  const count = countOf(running, "domain");
  if (running > domainsMax) {
    return {
      heading: `${count}; a batch holds at most ${formatCount(domainsMax)}`,
      advice: "Too many for one batch: split the list.",
    };
  }
  return tooLarge
    ? {
        heading: `${count}; a batch holds at most 20 MB of names`,
        advice: "Too large for one batch: split the list.",
      }
    : null;
};

/** Anything pasted or dropped becomes a batch: the list beside it says what will run before anything is sent. */
export function NewBatchView({ limits, from }: { limits: BatchLimits; from?: ListOf | undefined }) {
  const path = usePath();
  const command = useCommandKey();
  const { id: personId, tenant } = useMe();
  const [empty] = useState(() => emptyDraft(limits));
  const [openedAt] = useState(() => new Date());
  const kept = useDraft(tenant.slug, personId, empty);
  const { draft, request, last } = kept;
  const list = useList(request);
  const { summary, settled } = list;
  const lately = useScannedLately(list);
  const create = useCreateBatch(list, kept);
  const change: typeof kept.change = (patch) => {
    // What was said of the draft before is not said of this one.
    if (create.isError) create.reset();
    kept.change(patch);
  };
  const files = useListFiles(list, change);
  const isOver = useDropFiles((dropped) => void files.add(dropped));

  const maxPages = readNumber(draft.maxPages, limits.maxPagesMax);
  const maxConcurrent = readNumber(draft.maxConcurrent, limits.maxConcurrentMax);
  const { running } = summary;
  const excess = readExcess(summary, limits);
  const isEmpty = draft.text.trim() === "" && draft.files.length === 0;
  const label =
    draft.label ?? (isEmpty ? "" : suggestLabel(draft.files, openedAt, limits.labelLengthMax));
  const ready =
    settled && running > 0 && excess === null && "value" in maxPages && "value" in maxConcurrent;
  const estimate =
    ready && "value" in maxPages && "value" in maxConcurrent
      ? estimateWords(
          running,
          { maxPages: maxPages.value, maxConcurrent: maxConcurrent.value },
          lately.pace,
        )
      : null;
  const busy = create.isPending || create.isSuccess;

  const problem = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (create.error !== null) problem.current?.focus();
  }, [create.error]);

  const submit = (): void => {
    if (!ready || busy || !("value" in maxPages) || !("value" in maxConcurrent)) return;
    create.mutate({
      label: label.trim(),
      maxPages: maxPages.value,
      maxConcurrent: maxConcurrent.value,
    });
  };
  const clear = (): void => {
    files.hush();
    kept.putAway({ batchId: null, label: label.trim(), domains: running }, (ids) =>
      forgetFiles(list.keeper, ids),
    );
    document.getElementById(FIELD_ID)?.focus();
  };
  const taken = useBatchList(from, list, (ofBatch) => {
    if (!isEmpty) clear();
    kept.change(() => ofBatch);
  });
  const actions: ListActions = {
    onMend: ({ fileId, line, input }, to) => {
      change(({ text, files: all }) =>
        fileId === null
          ? { text: replaceEntry(text, line, input, to) }
          : {
              files: all.map((file) =>
                file.id === fileId
                  ? { ...file, mends: [...file.mends, { line, from: input, to }] }
                  : file,
              ),
            },
      );
    },
    onReuse: (chosen) => change(({ reuse }) => ({ reuse: chosen(reuse) })),
  };
  useHotkey("send", submit);
  const heading =
    excess?.heading ?? (running === 0 ? "What will run" : `${countOf(running, "domain")} will run`);

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        submit();
      }}
    >
      <PageHeader
        back={{ href: path("/batches"), label: "Batches" }}
        title="New batch"
        state={
          isEmpty
            ? "Nothing is sent before you press the button."
            : settled
              ? `${countOf(running, "domain")} of ${countOf(
                  summary.parts.reduce((sum, { lines }) => sum + lines, 0),
                  "line",
                )}`
              : "Sorting the list…"
        }
      />
      {taken.state === "failed" ? <ErrorCard error={taken.error} className="mb-4" /> : null}
      {taken.state === "reading" ? (
        <p role="status" className="mb-4 text-sm text-muted">
          Reading the list of the batch…
        </p>
      ) : null}
      {last !== null && isEmpty && !busy && taken.state !== "reading" ? (
        <LastListOffer last={last} onTake={kept.takeBack} />
      ) : null}
      <div className="mb-4 grid grid-cols-2 gap-4 max-sm:[&>*:first-child]:col-span-2 sm:grid-cols-[1fr_9.5rem_9.5rem]">
        <Field label="Label" htmlFor="label" hint="How you will find it again.">
          <Input
            id="label"
            dir="auto"
            value={label}
            maxLength={limits.labelLengthMax}
            onChange={(event) => change(() => ({ label: event.target.value }))}
            aria-describedby="label-hint"
          />
        </Field>
        <NumberField
          id="max-pages"
          label="Pages a domain"
          value={draft.maxPages}
          read={maxPages}
          hint={`At most; up to ${formatCount(limits.maxPagesMax)}`}
          onChange={(text) => change(() => ({ maxPages: text }))}
        />
        <NumberField
          id="max-concurrent"
          label="Domains at once"
          value={draft.maxConcurrent}
          read={maxConcurrent}
          hint={`At most; up to ${formatCount(limits.maxConcurrentMax)}`}
          onChange={(text) => change(() => ({ maxConcurrent: text }))}
        />
      </div>
      <div className="grid gap-4 lg:grid-cols-2">
        <ListSource draft={draft} summary={summary} files={files} isOver={isOver} change={change} />
        <ListPreview
          list={list}
          heading={heading}
          runs={excess === null}
          draft={draft}
          actions={actions}
        />
      </div>
      <div className="-mx-4 mt-5 bg-canvas lg:sticky lg:bottom-0 z-3 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 sm:-mx-6 sm:px-6">
        {create.isError ? (
          <div ref={problem} tabIndex={-1} className="scroll-mb-24 basis-full rounded-lg">
            <ErrorCard error={create.error} />
          </div>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          aria-disabled={!ready || busy}
          aria-keyshortcuts={shortcutOf("send")}
          className="max-sm:w-full"
        >
          {busy
            ? "Creating…"
            : running === 0 || excess !== null
              ? "Create batch"
              : `Create batch of ${countOf(running, "domain")}`}
        </Button>
        <p className="min-w-0 flex-1 basis-48 text-sm text-muted">
          {excess?.advice}
          {estimate === null ? null : (
            <>
              {estimate.pages}; <span className="whitespace-nowrap">{estimate.time}</span> once it
              has begun.
            </>
          )}
          {estimate !== null && lately.unknown
            ? " What was scanned lately could not be asked."
            : null}
        </p>
        <p aria-hidden className="text-xs text-muted max-sm:hidden">
          {command} Enter
        </p>
        {isEmpty || busy ? null : (
          <Button variant="ghost" onClick={clear}>
            Clear
          </Button>
        )}
      </div>
    </form>
  );
}
