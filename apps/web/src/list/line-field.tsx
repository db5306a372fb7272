"use client";

import { Suspense, useEffect, useId, useRef, useState } from "react";
import type { FilterBarProps } from "./filter-bar.tsx";
import { wordsOf } from "./list-address.ts";
import { optionId } from "./option-id.ts";
import { Glyph } from "#ui/glyph.tsx";
import { late, persist } from "#ui/late.ts";

// Loaded when somebody begins to write a filter.
const LineChoices = late(async () => ({
  default: (await import("./line-choices.tsx")).LineChoices,
}));

const PAUSE_MS = 250;
/** The last thing of the line may be a filter: from here on it is not searched for. */
const HAS_KEY = /(^|\s)[\p{L}_-]+:(?!\/\/)/u;

/** What can be typed where nothing is searched: the first filter that has words, and its last one. */
const exampleOf = ({ list, names }: FilterBarProps): string => {
  const name = names.find((each) => wordsOf(list.filters[each]!).length > 0);
  return name === undefined
    ? "Filter"
    : `Filter, as in ${name}:${wordsOf(list.filters[name]!).at(-1)}`;
};

/**
 * One line that searches and filters: words search once the writer pauses, and `technology:Shopify has:phone` becomes filters
 * on Enter. `/` jumps here.
 */
export function LineField({
  search,
  ...props
}: FilterBarProps & {
  /** The filter that takes what names no other. */
  search: string | undefined;
}) {
  const { list, labels, written, onChange } = props;
  const value = search === undefined ? "" : (written[search]?.join(" ") ?? "");
  const label = search === undefined ? undefined : labels.filters[search];
  const words = label && "search" in label ? label.search : exampleOf(props);
  const [text, setText] = useState(value);
  const [known, setKnown] = useState(value);
  const listId = useId();
  /** Which of the offered words is picked by the arrows. */
  const [at, setAt] = useState(-1);
  // Back and "clear filters" change the value from outside; what is being typed wins otherwise.
  if (known !== value) {
    setKnown(value);
    setText(value);
  }
  const writesFilter = HAS_KEY.test(text);
  const searchFor = useRef<((typed: string) => void) | null>(null);
  searchFor.current = (typed) => {
    if (search !== undefined) onChange({ [search]: [typed] });
  };
  useEffect(() => {
    if (text === value || writesFilter || (text !== "" && search === undefined)) return;
    const timer = setTimeout(() => searchFor.current?.(text), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, value, writesFilter, search]);

  const write = (line: string): void => {
    setAt(-1);
    setText(line);
  };
  const enter = async (line: string): Promise<void> => {
    const { addFilters } = await persist(() => import("./filter-line.ts"));
    const { filters, rest } = addFilters(list, labels, line, written);
    write(rest);
    onChange({ ...filters, ...(search === undefined ? {} : { [search]: [rest] }) });
  };
  return (
    <div className="relative min-w-44 flex-1 basis-56 lg:max-w-md">
      <Glyph
        of="search"
        className="pointer-events-none absolute top-1/2 left-2.5 size-3.5 -translate-y-1/2 text-muted"
      />
      <input
        type="search"
        role="combobox"
        data-search
        aria-label={words}
        aria-expanded={writesFilter}
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={writesFilter && at >= 0 ? optionId(listId, at) : undefined}
        placeholder={words}
        autoComplete="off"
        spellCheck={false}
        value={text}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : undefined;
          if (step !== undefined && writesFilter) {
            event.preventDefault();
            const count = document.getElementById(listId)?.children.length ?? 0;
            if (count > 0) setAt(at < 0 && step < 0 ? count - 1 : (at + step + count) % count);
          } else if (event.key === "Enter" && writesFilter && at >= 0) {
            document.getElementById(optionId(listId, at))?.click();
          } else if (event.key === "Enter") void enter(text);
          else if (event.key === "Escape" && text !== "") {
            event.preventDefault();
            write(value === text ? "" : value);
          }
        }}
        className="h-8 w-full rounded-md border border-line bg-surface pr-2 pl-8 text-sm hover:border-field-line focus:border-field-line pointer-coarse:h-11 [&::-webkit-search-cancel-button]:hidden"
      />
      {writesFilter ? (
        <Suspense>
          <LineChoices
            {...props}
            id={listId}
            text={text}
            at={at}
            onWrite={write}
            onEnter={() => void enter(text)}
          />
        </Suspense>
      ) : null}
    </div>
  );
}
