"use client";

import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Popover } from "#ui/popover.tsx";
import { type AnyFilterLabels, shownWord, subjectOf } from "./list-labels.ts";

const SHOWN_MAX = 2;

/** A filter that holds: what it is pressed opens what can be chosen instead, and a cross takes it out. */
export function ChosenFilter({
  name,
  labels,
  chosen,
  onRemove,
  children,
}: {
  name: string;
  labels: AnyFilterLabels;
  chosen: readonly string[];
  onRemove: () => void;
  /** What can be chosen instead; null for a filter that is only taken out. */
  children: ReactNode;
}) {
  const subject = subjectOf(labels) ?? name;
  const words = chosen.map((word) => shownWord(labels, word));
  const more = words.length - SHOWN_MAX;
  const text = (
    <span className="max-w-64 truncate">
      <span className="first-letter:uppercase text-muted">{subject}</span>{" "}
      {words.slice(0, SHOWN_MAX).join(", ")}
      {more > 0 ? ` and ${more} more` : ""}
    </span>
  );
  return (
    <div className="inline-flex h-8 max-w-full items-stretch rounded-md border border-accent-text bg-accent-soft text-sm pointer-coarse:h-11">
      {children === null ? (
        <span className="inline-flex items-center pl-2.5">{text}</span>
      ) : (
        <Popover
          label={`Filter by ${subject}`}
          triggerClass="inline-flex h-full items-center rounded-l-md pl-2.5 pr-1 hover:bg-hover"
          trigger={text}
        >
          {() => children}
        </Popover>
      )}
      <button
        type="button"
        onClick={onRemove}
        className="inline-flex w-7 items-center justify-center rounded-r-md hover:bg-hover pointer-coarse:w-11"
      >
        <X aria-hidden className="size-3.5" />
        <span className="sr-only">Remove the filter by {subject}</span>
      </button>
    </div>
  );
}
