"use client";

import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Upload } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState, type DragEvent } from "react";
import { clsx } from "clsx";
import { countOf, formatCount } from "#format/number.ts";
import { useMe, usePath } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { Field, Input } from "#ui/field.tsx";
import { PageHeader } from "#ui/page-header.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { Panel } from "#ui/table.tsx";
import type { Inputs } from "#trpc/api.ts";
import { useApi } from "#trpc/client.tsx";
import { BATCHES_KEY } from "./batch-queries.ts";
import { ListField } from "./list-field.tsx";
import { LineLists } from "./line-lists.tsx";
import { replaceEntry, type LineGroups } from "./line-groups.ts";
import { NumberField, readNumber } from "./number-field.tsx";
import { readListFile } from "./read-list-file.ts";
import { useDraft, type Draft } from "./use-draft.ts";
import { useSortedLines } from "./use-sorted-lines.ts";

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
  label: "",
  maxPages: String(maxPagesDefault),
  maxConcurrent: String(maxConcurrentDefault),
});

/** Why a list cannot be one batch, as what it is and what to do; null when it can. */
const readExcess = (
  { toRun, tooLarge }: LineGroups,
  { domainsMax }: BatchLimits,
): { heading: string; advice: string } | null => {
  const count = countOf(toRun.length, "domain");
  if (toRun.length > domainsMax) {
    return {
      heading: `${count}; a batch holds at most ${formatCount(domainsMax)}`,
      advice: "Too many for one batch: split the list.",
    };
  }
  return tooLarge
    ? {
        heading: `${count}; a batch holds at most 5 MB of names`,
        advice: "Too large for one batch: split the list.",
      }
    : null;
};

const EXAMPLE =
  "acme-bakery.com\nhttps://www.harbor-dental.com/contact\nshop.example.org, lucia-flores.es";

/** Anything pasted becomes a batch: the list beside the field says what will run before anything is sent. */
export function NewBatchView({ limits }: { limits: BatchLimits }) {
  const api = useApi();
  const path = usePath();
  const router = useRouter();
  const queryClient = useQueryClient();
  const { id: personId, tenant } = useMe();
  const [empty] = useState(() => emptyDraft(limits));
  const { draft, change, discard } = useDraft(tenant.slug, personId, empty);
  const { groups, settled } = useSortedLines(draft.text);
  const [fileNote, setFileNote] = useState<string | null>(null);
  const [dropping, setDropping] = useState(false);
  const filePicker = useRef<HTMLInputElement>(null);
  // The same key for every try of one submission: an answer lost on the way cannot make a second batch.
  const submission = useRef<{ body: string; key: string } | null>(null);

  const create = useMutation({
    mutationFn: async (input: Inputs["batches"]["create"]) =>
      (await api()).batches.create.mutate(input),
    onSuccess: ({ batchId }) => {
      discard();
      void queryClient.invalidateQueries({ queryKey: BATCHES_KEY });
      router.push(path(`/batches/${batchId}`));
    },
  });

  const maxPages = readNumber(draft.maxPages, limits.maxPagesMax);
  const maxConcurrent = readNumber(draft.maxConcurrent, limits.maxConcurrentMax);
  const runnable = groups.toRun.length;
  const excess = readExcess(groups, limits);
  const ready =
    settled && runnable > 0 && excess === null && "value" in maxPages && "value" in maxConcurrent;
  const busy = create.isPending || create.isSuccess;

  const problem = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (create.error !== null) problem.current?.focus();
  }, [create.error]);

  const changeText = (text: string | ((before: string) => string)): void => {
    // What was said of the list before is not said of this one.
    if (create.isError) create.reset();
    change((before) => ({ text: typeof text === "string" ? text : text(before.text) }));
  };
  const addText = (text: string): void =>
    changeText((before) => [before.trimEnd(), text].filter((part) => part !== "").join("\n"));
  const addFiles = async (files: FileList | null): Promise<void> => {
    for (const file of files ?? []) {
      const result = await readListFile(file);
      if ("refused" in result) {
        setFileNote(result.refused);
      } else {
        setFileNote(`Added ${file.name}.`);
        addText(result.text);
      }
    }
  };
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setDropping(false);
    void addFiles(event.dataTransfer.files);
  };
  const submit = (): void => {
    if (!ready || busy || !("value" in maxPages) || !("value" in maxConcurrent)) return;
    const label = draft.label.trim();
    const input = {
      domains: groups.toRun,
      maxPages: maxPages.value,
      maxConcurrent: maxConcurrent.value,
      ...(label === "" ? {} : { label }),
    };
    const body = JSON.stringify(input);
    if (submission.current?.body !== body) submission.current = { body, key: crypto.randomUUID() };
    create.mutate({ ...input, idempotencyKey: submission.current.key });
  };

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
        state="Paste domains, addresses or a CSV; nothing is sent before you press the button."
      />
      <div className="grid gap-4 lg:grid-cols-2">
        <div
          onDragOver={(event) => {
            event.preventDefault();
            setDropping(true);
          }}
          onDragLeave={() => setDropping(false)}
          onDrop={drop}
        >
          <div className="mb-1.5 flex items-center justify-between gap-3">
            <label htmlFor="domains" className="text-sm font-medium">
              Domains
            </label>
            <Button variant="ghost" className="-my-1" onClick={() => filePicker.current?.click()}>
              <Upload aria-hidden className="size-3.5" />
              Add a file
            </Button>
            <input
              ref={filePicker}
              type="file"
              accept=".txt,.csv,.tsv,text/plain,text/csv"
              aria-label="List file"
              tabIndex={-1}
              className="hidden"
              onChange={(event) => {
                void addFiles(event.target.files);
                event.target.value = "";
              }}
            />
          </div>
          <ListField
            id="domains"
            text={draft.text}
            onChange={changeText}
            onTypedBefore={addText}
            autoFocus
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            onKeyDown={(event) => {
              if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) submit();
            }}
            placeholder={EXAMPLE}
            aria-describedby="domains-hint"
            className={clsx(
              "h-[22rem] text-[0.78125rem] lg:h-[28rem]",
              dropping ? "border-accent-text bg-accent-soft" : "border-field-line bg-surface",
            )}
          />
          <p id="domains-hint" className="mt-1.5 text-xs text-muted">
            {fileNote ??
              "One per line, or separated by commas. A .txt or .csv file can be dropped here. Kept in this browser until sent."}
          </p>
        </div>
        <div className="min-w-0">
          <p className="mb-1.5 flex h-6 items-center text-sm font-medium" aria-live="polite">
            {runnable === 0
              ? "What will run"
              : (excess?.heading ?? `${countOf(runnable, "domain")} will run`)}
          </p>
          {/* `relative` holds what is only spoken, which would otherwise be laid out below the page. */}
          <Panel className="relative h-[22rem] overflow-y-auto lg:h-[28rem]">
            {draft.text.trim() === "" ? (
              <div className="flex h-full flex-col justify-center">
                <EmptyState title="Nothing pasted yet">
                  As you type, the lines are sorted here: what will run, what was fixed, what is a
                  duplicate, and what is not a domain.
                </EmptyState>
              </div>
            ) : (
              <LineLists
                groups={groups}
                runs={excess === null}
                onReplace={(line, to) =>
                  changeText((before) => replaceEntry(before, line.line, line.input, to))
                }
              />
            )}
          </Panel>
        </div>
      </div>
      <div className="mt-5 grid grid-cols-2 gap-4 max-sm:[&>*:first-child]:col-span-2 sm:grid-cols-[1fr_9.5rem_9.5rem]">
        <Field label="Label" htmlFor="label" hint="How you will find it again. Optional.">
          <Input
            id="label"
            value={draft.label}
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
      <div className="-mx-4 mt-5 bg-canvas lg:sticky lg:bottom-0 flex flex-wrap items-center gap-x-4 gap-y-2 border-t border-line px-4 py-3 sm:-mx-6 sm:px-6">
        {create.isError ? (
          <div ref={problem} tabIndex={-1} className="scroll-mb-24 basis-full rounded-lg">
            <ErrorCard error={create.error} />
          </div>
        ) : null}
        <Button
          type="submit"
          variant="primary"
          aria-disabled={!ready || busy}
          className="max-sm:w-full"
        >
          {busy
            ? "Creating…"
            : runnable === 0 || excess !== null
              ? "Create batch"
              : `Create batch of ${countOf(runnable, "domain")}`}
        </Button>
        <p className="text-sm text-muted">
          {excess?.advice ??
            (runnable > 0 && "value" in maxPages
              ? `At most ${countOf(runnable * maxPages.value, "page")} will be read.`
              : null)}
        </p>
      </div>
    </form>
  );
}
