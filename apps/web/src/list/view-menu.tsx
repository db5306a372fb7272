"use client";

import type { SavedView } from "@scrapersky/api/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { Trash2 } from "lucide-react";
import { useSearchParams } from "next/navigation";
import { useState } from "react";
import { useMay, useMe } from "#shell/me.tsx";
import { toast } from "#shell/toast.ts";
import { useApi } from "#trpc/client.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button, IconButton } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import type { ToolProps } from "./list-tools.tsx";
import { presetQuery, queryOf, showView, VIEW } from "./view-address.ts";
import { viewsQuery } from "./view-queries.ts";

const ROW =
  "flex h-8 min-w-0 flex-1 items-center gap-2 rounded-sm px-2 text-left hover:bg-hover pointer-coarse:h-11";

/** The views of a list: those that come with it, the reader's own and those that are shared, and a way to keep this one. */
export function ViewMenu({ list, presets, onClose }: ToolProps & { onClose: () => void }) {
  const { id } = useMe();
  const api = useApi();
  const cache = useQueryClient();
  const params = useSearchParams();
  const query = viewsQuery(api, list.name);
  const { data = [] } = useQuery(query);
  const now = queryOf(new URLSearchParams(params));
  const current = data.find(({ slug }) => slug === params.get(VIEW));
  const show = (slug: string, asked: string): void => {
    onClose();
    showView(slug, asked);
  };
  const done = (): void => void cache.invalidateQueries({ queryKey: query.queryKey });
  const fail = (error: unknown): void => toast({ text: errorFacts(error).message });
  const create = useMutation({
    mutationFn: async (view: { name: string; query: string; shared: boolean }) =>
      (await api()).views.create.mutate({ list: list.name, ...view }),
    onSuccess: ({ slug, query: asked }) => {
      done();
      show(slug, asked);
    },
    onError: fail,
  });
  const update = useMutation({
    mutationFn: async ({ viewId, updatedAt }: SavedView) =>
      (await api()).views.update.mutate({
        viewId,
        expectedUpdatedAt: updatedAt,
        patch: { query: now },
      }),
    onSuccess: done,
    onError: fail,
  });
  const remove = useMutation({
    mutationFn: async ({ viewId }: SavedView) => (await api()).views.delete.mutate({ viewId }),
    onSuccess: (_, view) => {
      done();
      toast({
        text: `The view “${view.name}” is deleted.`,
        action: { label: "Undo", run: () => create.mutate(view) },
      });
    },
    onError: fail,
  });
  const groups = [
    { title: "Yours", views: data.filter(({ mine }) => mine) },
    { title: "Shared", views: data.filter(({ mine }) => !mine) },
  ].filter(({ views }) => views.length > 0);
  return (
    <div className="max-h-[28rem] overflow-y-auto p-1">
      <ul>
        {presets.map((preset) => (
          <li key={preset.slug} className="flex">
            <button
              type="button"
              className={ROW}
              onClick={() => show(preset.slug, presetQuery(list, preset, id))}
            >
              <span className="truncate">{preset.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {groups.map(({ title, views }) => (
        <div key={title} className="mt-1 border-t border-line pt-1">
          <p className="px-2 py-1 text-xs text-muted">{title}</p>
          <ul>
            {views.map((view) => (
              <li key={view.viewId} className="flex items-center">
                <button type="button" className={ROW} onClick={() => show(view.slug, view.query)}>
                  <span className="truncate">{view.name}</span>
                  <span className="ml-auto shrink-0 text-xs text-muted">
                    {view.mine ? (view.shared ? "shared" : "") : view.by}
                  </span>
                </button>
                {view.mine ? (
                  <IconButton
                    label={`Delete the view ${view.name}`}
                    onClick={() => remove.mutate(view)}
                  >
                    <Trash2 aria-hidden className="size-3.5" />
                  </IconButton>
                ) : null}
              </li>
            ))}
          </ul>
        </div>
      ))}
      {current?.mine === true && current.query !== now ? (
        <div className="mt-1 border-t border-line p-2">
          <Button onClick={() => update.mutate(current)} disabled={update.isPending}>
            Save changes to “{current.name}”
          </Button>
        </div>
      ) : null}
      <SaveView busy={create.isPending} onSave={(view) => create.mutate({ ...view, query: now })} />
    </div>
  );
}

function SaveView({
  busy,
  onSave,
}: {
  busy: boolean;
  onSave: (view: { name: string; shared: boolean }) => void;
}) {
  const mayShare = useMay("views:share");
  const [name, setName] = useState("");
  const [shared, setShared] = useState(false);
  return (
    <form
      className="mt-1 flex flex-col gap-2 border-t border-line p-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== "") onSave({ name: name.trim(), shared });
      }}
    >
      <Input
        aria-label="Name of the view"
        placeholder="Keep these filters as…"
        maxLength={80}
        value={name}
        onChange={(event) => setName(event.target.value)}
      />
      <div className="flex items-center justify-between gap-2">
        {mayShare ? (
          <label className="flex items-center gap-2">
            <input
              type="checkbox"
              checked={shared}
              onChange={(event) => setShared(event.target.checked)}
              className="size-4 accent-[var(--accent)]"
            />
            For everybody here
          </label>
        ) : (
          <span />
        )}
        <Button type="submit" disabled={busy || name.trim() === ""}>
          Save
        </Button>
      </div>
    </form>
  );
}
