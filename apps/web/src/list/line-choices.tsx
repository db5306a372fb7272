"use client";

import { clsx } from "clsx";
import { formatCount } from "#format/number.ts";
import type { FilterBarProps } from "./filter-bar.tsx";
import { lineFilters, readFilterLine, writeToken } from "./filter-line.ts";
import { optionId } from "./option-id.ts";
import { shownWord, subjectOf } from "./list-labels.ts";
import { useFilterChoices } from "./use-filter-choices.ts";

const SHOWN_MAX = 8;
const LAST_TOKEN = /(?:^|\s)([\p{L}_-]+):("?)([^"\s]*)$/u;

/** What the filter at the end of a line can be, and what Enter makes of the line. */
export function LineChoices({
  id,
  text,
  at,
  onWrite,
  onEnter,
  ...props
}: FilterBarProps & {
  id: string;
  text: string;
  /** Which of the words is picked; none below 0. */
  at: number;
  onWrite: (text: string) => void;
  onEnter: () => void;
}) {
  const { list, labels } = props;
  const [token, key = "", , typed = ""] = LAST_TOKEN.exec(text) ?? [];
  const known = lineFilters(list, labels).filter(({ name }) => props.names.includes(name));
  const named = known.find((each) =>
    [each.key, subjectOf(each.labels)].some((word) => word?.toLowerCase() === key.toLowerCase()),
  );
  const choices = useFilterChoices(props, named?.name).filter(({ word, shown }) =>
    [word, shown].some((part) => part.toLowerCase().includes(typed.toLowerCase())),
  );
  const offered = token === undefined || named === undefined ? [] : choices.slice(0, SHOWN_MAX);
  const { filters } = readFilterLine(list, labels, text);
  const meant = Object.entries(filters).map(([name, words]) => {
    const filter = labels.filters[name]!;
    return `${subjectOf(filter)} ${words.map((word) => shownWord(filter, word)).join(" or ")}`;
  });
  const take = (word: string): void => {
    const before = text.slice(0, text.length - (token?.trimStart().length ?? 0));
    onWrite(`${before}${writeToken(key, word)} `);
  };
  return (
    <div className="arriving absolute top-full left-0 z-30 mt-1 w-80 max-w-[calc(100vw-2rem)] rounded-lg border border-line bg-raised p-1 text-sm shadow-float">
      <ul
        id={id}
        role="listbox"
        aria-label="Words of the filter"
        className="max-h-72 overflow-y-auto"
      >
        {offered.map(({ word, shown, count }, index) => (
          <li
            key={word}
            id={optionId(id, index)}
            role="option"
            aria-selected={index === at}
            // The field keeps the focus.
            onPointerDown={(event) => event.preventDefault()}
            onClick={() => take(word)}
            className={clsx(
              "flex h-8 cursor-pointer items-center justify-between gap-3 rounded-sm px-2 hover:bg-hover pointer-coarse:h-11",
              index === at && "bg-hover",
            )}
          >
            <span className="truncate">{shown}</span>
            {count === undefined ? null : (
              <span className="text-xs text-muted tabular-nums">{formatCount(count)}</span>
            )}
          </li>
        ))}
      </ul>
      <div
        className={clsx(
          "px-2 py-1.5 text-xs text-muted",
          offered.length > 0 && "border-t border-line",
        )}
      >
        {meant.length > 0 ? (
          <button type="button" onClick={onEnter} className="text-left hover:text-text">
            <kbd className="rounded-sm border border-line px-1 font-sans">Enter</kbd> filters by{" "}
            {meant.join(", ")}
          </button>
        ) : named === undefined ? (
          `Filters: ${known.map((each) => each.key).join(", ")}`
        ) : (
          `Go on with what “${subjectOf(named.labels)}” is to be`
        )}
      </div>
    </div>
  );
}
