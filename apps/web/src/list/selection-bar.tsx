"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { MoreHorizontal, X } from "lucide-react";
import { useEffect } from "react";
import { countOf, formatCount } from "#format/number.ts";
import { useApi } from "#trpc/client.tsx";
import { Button, buttonClass, IconButton } from "#ui/button.tsx";
import { Menu } from "#ui/menu.tsx";
import type { ListAct } from "./list-act.ts";
import { type AnyLabels, manyOf } from "./list-labels.ts";
import { countQuery } from "./list-query.ts";
import type { Selecting } from "./use-selection.ts";

/** Acts with a button of their own; the others are behind one more. */
const BUTTONS = 2;

/** What is selected, how to select all that match, and what can be done with it. */
export function SelectionBar({
  list,
  labels,
  filters,
  selecting,
  acts,
  onAct,
}: {
  list: AnyList;
  labels: AnyLabels;
  filters: Record<string, unknown>;
  selecting: Selecting;
  acts: readonly ListAct<never>[];
  onAct: (key: string) => void;
}) {
  const { selection, page, selectAll, clear } = selecting;
  const { data: total } = useQuery(countQuery(useApi(), list, filters, false));
  const chosen = "ids" in selection ? selection.ids.length : null;
  const about =
    total === undefined ? "" : `${total.exact ? "" : "about "}${formatCount(total.value)}`;
  const offersAll =
    chosen !== null && page === "all" && total !== undefined && total.value > chosen;
  useEffect(() => {
    const onEscape = (event: KeyboardEvent): void => {
      if (event.key !== "Escape" || event.defaultPrevented) return;
      // Esc closes what is on top: a dialog, then what is shown beside the list.
      if (document.querySelector("dialog[open], [role=dialog], [role=menu], aside[tabindex]"))
        return;
      event.preventDefault();
      clear();
    };
    addEventListener("keydown", onEscape);
    return () => removeEventListener("keydown", onEscape);
  });
  return (
    <div
      role="region"
      data-selection
      aria-label="Selection"
      className="arriving sticky bottom-4 z-20 mx-auto mt-3 flex w-fit max-w-full flex-wrap items-center gap-2 rounded-lg border border-line-strong bg-raised p-1.5 pl-4 text-sm shadow-float"
    >
      <p className="font-medium tabular-nums">
        {chosen === null
          ? `All ${about} ${manyOf(labels)} that match`
          : `${countOf(chosen, labels.one, manyOf(labels))} selected`}
      </p>
      {offersAll ? (
        <button
          type="button"
          onClick={selectAll}
          className="rounded-sm px-1 text-accent-text underline underline-offset-2 tabular-nums"
        >
          Select all {about} that match
        </button>
      ) : null}
      <span aria-hidden className="h-5 border-l border-line max-sm:hidden" />
      {acts.slice(0, BUTTONS).map(({ key, label }) => (
        <Button key={key} onClick={() => onAct(key)}>
          {label}
        </Button>
      ))}
      {acts.length > BUTTONS ? (
        <Menu
          label="More for the selection"
          trigger={
            <>
              <MoreHorizontal aria-hidden className="size-4" />
              <span className="sr-only">More for the selection</span>
            </>
          }
          triggerClass={buttonClass("secondary", "px-2")}
          above
          entries={acts
            .slice(BUTTONS)
            .map(({ key, label }) => ({ key, label, onSelect: () => onAct(key) }))}
        />
      ) : null}
      <IconButton label="Clear the selection" onClick={clear}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </div>
  );
}
