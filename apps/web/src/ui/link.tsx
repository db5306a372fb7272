"use client";

import { useRouter } from "next/navigation";
import { type ComponentProps, createContext, type MouseEvent, use, useTransition } from "react";

const Pending = createContext(false);

/** Inside a link: whether its page is on its way. */
export const useIsPending = (): boolean => use(Pending);

/** Whether a press is to lead there in this window. */
export const isPlain = ({ button, metaKey, ctrlKey, shiftKey, altKey }: MouseEvent): boolean =>
  button === 0 && !metaKey && !ctrlKey && !shiftKey && !altKey;

/**
 * Leads to another page of the program. Next's own weighs 4 kB, gzipped, for the first paint of each page, mostly for what
 * it fetches of pages that nobody reaches for.
 */
export function Link({
  href,
  prefetch = true,
  onClick,
  ...rest
}: ComponentProps<"a"> & {
  href: string;
  /** Whether the page is prepared when somebody reaches for the link. */
  prefetch?: boolean;
}) {
  const router = useRouter();
  const [isPending, begin] = useTransition();
  const prepare = prefetch ? (): void => router.prefetch(href) : undefined;
  return (
    <Pending value={isPending}>
      <a
        {...rest}
        href={href}
        onPointerEnter={prepare}
        onFocus={prepare}
        onClick={(event) => {
          onClick?.(event);
          if (event.defaultPrevented || !isPlain(event)) return;
          event.preventDefault();
          begin(() => router.push(href));
        }}
      />
    </Pending>
  );
}
