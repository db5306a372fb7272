"use client";

import type { bulkPreviewInput } from "@scrapersky/api/contract";
import type { AnyList } from "@scrapersky/api/lists";
import { BULK_CONFIRM_ABOVE } from "@scrapersky/api/wire";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useId, useMemo, useRef, useState } from "react";
import type { z } from "zod";
import { formatCount } from "#format/number.ts";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { Dialog } from "#ui/dialog.tsx";
import { Field, Input } from "#ui/field.tsx";
import { ErrorCard, Skeleton } from "#ui/states.tsx";
import { PreviewWords } from "./bulk-preview.tsx";
import { bulkTarget } from "./bulk-target.ts";
import type { ListAct } from "./list-act.ts";
import type { Selection } from "./use-selection.ts";
import { useStartBulk } from "./use-start-bulk.ts";

/** Says before an act what it will do, what it leaves out and why, and begins it. */
export function BulkDialog({
  act,
  noun,
  list,
  filters,
  selection,
  onClose,
  onStarted,
}: {
  act: ListAct<never>;
  noun: { one: string; many?: string };
  list: AnyList;
  filters: Record<string, unknown>;
  selection: Selection;
  onClose: () => void;
  onStarted: () => void;
}) {
  const id = useId();
  const api = useApi();
  const [settings, setSettings] = useState(act.settings ?? {});
  const [typed, setTyped] = useState("");
  const send = useRef<HTMLButtonElement>(null);
  const isPlain = act.danger !== true && act.Settings === undefined;
  // What can be taken back, and has nothing to be said first, begins by Enter.
  useEffect(() => {
    if (isPlain) send.current?.focus();
  }, [isPlain]);
  const target = bulkTarget(list, filters, selection);
  const ask = { action: act.action, target, settings };
  // Of the first answer: which rows are meant changes no more, whatever else is said of them.
  const asOf = useRef<string>(undefined);
  const asked = JSON.stringify(ask);
  // One for each thing that is asked: sent again with another one it would be refused.
  const idempotencyKey = useMemo(() => (asked === "" ? "" : crypto.randomUUID()), [asked]);
  const { data, isError, error, refetch } = useQuery({
    queryKey: ["bulk", "preview", ask],
    gcTime: 0,
    staleTime: Infinity,
    queryFn: async () => {
      const dated = { ...ask, target: { ...target, asOf: asOf.current } };
      const { bulk } = await api();
      const preview = await bulk.preview.query(
        dated as unknown as z.input<typeof bulkPreviewInput>,
      );
      asOf.current = preview.asOf ?? undefined;
      return preview;
    },
    placeholderData: (before) => before,
  });
  const title = act.label.replace(/…$/, "");
  const start = useStartBulk();
  const isTyped = data !== undefined && data.eligible > BULK_CONFIRM_ABOVE;
  const ready =
    data !== undefined &&
    data.eligible > 0 &&
    !start.isPending &&
    (!isTyped || typed.replaceAll(/\D/g, "") === String(data.eligible));
  return (
    <Dialog
      open
      onClose={onClose}
      labelledBy={id}
      className="m-auto w-[min(30rem,calc(100vw-2rem))] rounded-lg border border-line p-5 shadow-float"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!ready) return;
          const call = {
            ...ask,
            target: { ...target, asOf: data.asOf ?? undefined },
            confirmCount: data.eligible,
            idempotencyKey,
          };
          start.mutate({ act, noun, call }, { onSuccess: onStarted });
        }}
      >
        <h2 id={id} className="text-lg font-medium">
          {title}
        </h2>
        {act.Settings === undefined ? null : (
          <div className="mt-3 flex flex-col gap-4">
            <act.Settings value={settings} onChange={setSettings} />
          </div>
        )}
        <div className="mt-3 min-h-5" aria-live="polite">
          {isError ? (
            <ErrorCard error={error} onRetry={() => void refetch()} />
          ) : data === undefined ? (
            <Skeleton className="w-60" />
          ) : (
            <PreviewWords preview={data} done={act.done} noun={noun} />
          )}
        </div>
        {isTyped ? (
          <Field
            label={`Type ${formatCount(data.eligible)} to go on`}
            htmlFor={`${id}-count`}
            className="mt-4"
          >
            <Input
              id={`${id}-count`}
              inputMode="numeric"
              autoComplete="off"
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
              className="tabular-nums"
            />
          </Field>
        ) : null}
        {start.isError ? <ErrorCard error={start.error} className="mt-3" /> : null}
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Leave as is</Button>
          <Button
            ref={send}
            type="submit"
            variant={act.danger === true ? "danger" : "primary"}
            // Stays in reach of the focus while the preview is on its way.
            aria-disabled={!ready}
          >
            {title}
            {data === undefined ? null : (
              <span className="tabular-nums"> {formatCount(data.eligible)}</span>
            )}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
