"use client";

import { clsx } from "clsx";
import { Link } from "#ui/link.tsx";
import { memo, type ReactNode, Suspense } from "react";
import { late } from "#ui/late.ts";
import { LinkPending } from "#ui/link-pending.tsx";

// Drawn by the server; its script moves nothing, so it may come late.
const PlaceIcon = late(async () => ({ default: (await import("./place-icon.tsx")).PlaceIcon }));

/** Never drawn anew: until its script is there it stays as the server drew it. */
const IconLater = memo(function IconLater({ path }: { path: string }) {
  return (
    <Suspense fallback={<span className="size-4" />}>
      <PlaceIcon path={path} />
    </Suspense>
  );
});

/** What entries of the sidebar have in common. */
export function NavGroup({ children }: { children: ReactNode }) {
  return <p className="mt-3 mb-1 px-2 text-2xs font-medium text-muted">{children}</p>;
}

/** An entry of the sidebar, with the picture of its path. */
export function NavLink({
  href,
  path,
  isCurrent,
  onNavigate,
  children,
}: {
  href: string;
  path: string;
  isCurrent: boolean;
  onNavigate?: (() => void) | undefined;
  children: ReactNode;
}) {
  return (
    <Link
      href={href}
      onClick={onNavigate}
      aria-current={isCurrent ? "page" : undefined}
      className={clsx(
        "flex h-8 items-center gap-2.5 rounded-md px-2 text-sm transition-colors pointer-coarse:h-11",
        isCurrent ? "bg-press font-medium text-text" : "text-muted hover:bg-hover hover:text-text",
      )}
    >
      <IconLater path={path} />
      {children}
      <LinkPending className="ml-auto" />
    </Link>
  );
}
