"use client";

import { clsx } from "clsx";
import { usePathname, useSearchParams } from "next/navigation";
import { formatCount } from "#format/number.ts";
import { isPlain } from "./link.tsx";

const PARAMETER = "tab";

export interface TabEntry<Name extends string> {
  name: Name;
  word: string;
  count?: number;
}

/** Which part of a page its address names; the first when it names none. */
export const useTab = <Name extends string>(tabs: readonly TabEntry<Name>[]): Name => {
  const asked = useSearchParams().get(PARAMETER);
  return (tabs.find(({ name }) => name === asked) ?? tabs[0]!).name;
};

/** The parts of a page, one of them in sight. Each has an address, without the filters of the others. */
export function Tabs<Name extends string>({
  label,
  tabs,
  className,
}: {
  label: string;
  tabs: readonly TabEntry<Name>[];
  className?: string;
}) {
  const current = useTab(tabs);
  const pathname = usePathname();
  return (
    <nav aria-label={label} className={clsx("flex gap-5 border-b border-line", className)}>
      {tabs.map(({ name, word, count }, at) => {
        const address = at === 0 ? pathname : `${pathname}?${PARAMETER}=${name}`;
        return (
          <a
            key={name}
            href={address}
            aria-current={name === current ? "page" : undefined}
            onClick={(event) => {
              if (!isPlain(event)) return;
              event.preventDefault();
              history.pushState(null, "", address);
            }}
            className={clsx(
              "-mb-px inline-flex h-9 items-center gap-1.5 border-b-2 text-sm whitespace-nowrap pointer-coarse:h-11",
              name === current
                ? "border-accent-text font-medium text-text"
                : "border-transparent text-muted hover:text-text",
            )}
          >
            {word}
            {count === undefined ? null : (
              <span className="text-muted tabular-nums">{formatCount(count)}</span>
            )}
          </a>
        );
      })}
    </nav>
  );
}
