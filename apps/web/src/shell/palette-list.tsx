"use client";

import { clsx } from "clsx";
import { useEffect, useRef } from "react";
import type { Choice, ChoiceGroup } from "./palette-choice.ts";

/** Choices by kind; the one that Enter takes is always in sight. */
export function PaletteList({
  id,
  groups,
  at,
  onPoint,
  onChoose,
}: {
  id: string;
  groups: ChoiceGroup[];
  at: number;
  onPoint: (at: number) => void;
  onChoose: (choice: Choice) => void;
}) {
  const chosen = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // It gives a promise where browsers are new: nothing for React to clean up by.
    chosen.current?.scrollIntoView({ block: "nearest" });
  }, [at]);
  const starts = groups.map((_, index) =>
    groups.slice(0, index).reduce((sum, { choices }) => sum + choices.length, 0),
  );
  return (
    <div
      id={id}
      role="listbox"
      aria-label="Found"
      className="max-h-[min(26rem,60dvh)] overflow-y-auto p-1 empty:hidden"
    >
      {groups.map(({ title, choices }, group) => (
        <div key={title} role="group" aria-labelledby={`${id}-group-${group}`}>
          <p id={`${id}-group-${group}`} className="px-3 pt-2 pb-1 text-2xs font-medium text-muted">
            {title}
          </p>
          {choices.map((choice, index) => {
            const place = starts[group]! + index;
            return (
              <div
                key={choice.href ?? choice.label}
                ref={place === at ? chosen : undefined}
                id={`${id}-${place}`}
                role="option"
                aria-selected={place === at}
                onClick={() => onChoose(choice)}
                onMouseMove={() => onPoint(place)}
                className={clsx(
                  "flex min-h-9 cursor-pointer items-center gap-3 rounded-md px-3 text-sm pointer-coarse:min-h-11",
                  place === at && "bg-hover",
                )}
              >
                <span dir="auto" className="min-w-0 truncate text-left">
                  {choice.label}
                </span>
                {choice.note === undefined || choice.note === null || choice.note === "" ? null : (
                  <span dir="auto" className="ml-auto min-w-0 shrink-6 truncate text-xs text-muted">
                    {choice.note}
                  </span>
                )}
              </div>
            );
          })}
        </div>
      ))}
    </div>
  );
}
