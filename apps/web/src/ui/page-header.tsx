"use client";

import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { BackLink } from "#shell/back-link.tsx";
import { persist } from "./late.ts";

/** Title with the acts of the page beside it, and one line of state below. */
export function PageHeader({
  back,
  title,
  state,
  action,
}: {
  back?: { href: string; label: string };
  title: ReactNode;
  state?: ReactNode;
  action?: ReactNode;
}) {
  const heading = useRef<HTMLHeadingElement>(null);
  const pathname = usePathname();
  useEffect(() => {
    const name = heading.current?.textContent ?? "";
    void persist(() => import("#shell/recent-places.ts")).then(({ keepPlace }) =>
      keepPlace(pathname, name),
    );
  }, [pathname, title]);
  return (
    <div className="mb-4">
      {back === undefined ? null : (
        <p className="mb-1 text-xs text-muted">
          <BackLink {...back} />
        </p>
      )}
      <div className="flex flex-wrap items-start gap-x-4 gap-y-2">
        <h1
          ref={heading}
          className="min-w-0 flex-1 basis-36 sm:basis-64 py-0.5 text-xl font-medium tracking-tight break-words"
        >
          {title}
        </h1>
        {action === undefined ? null : <div className="flex flex-wrap gap-2">{action}</div>}
      </div>
      {state === undefined ? null : (
        <div className="mt-0.5 text-sm text-muted max-sm:mt-2">{state}</div>
      )}
    </div>
  );
}
