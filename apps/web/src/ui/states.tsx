"use client";

import { clsx } from "clsx";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { signInAddress } from "#shell/return-address.ts";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button } from "./button.tsx";
import { CopyButton } from "./copy-button.tsx";
import { ToneIcon } from "./status.tsx";

/** Nothing here yet, or nothing that matches: what this is, and one thing to do. */
export function EmptyState({
  title,
  children,
  action,
  compact = false,
}: {
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  /** One quiet line, where emptiness is an answer and not a beginning. */
  compact?: boolean;
}) {
  if (compact) {
    return (
      <p className="px-4 py-3 text-sm text-muted">
        {title}. {children}
      </p>
    );
  }
  return (
    <div className="flex flex-col items-center gap-1 px-6 py-12 text-center">
      <p className="font-medium">{title}</p>
      {children === undefined ? null : (
        <p className="max-w-md text-sm text-balance text-muted">{children}</p>
      )}
      {action === undefined ? null : <div className="mt-3">{action}</div>}
    </div>
  );
}

const TITLES = {
  forbidden: "You do not have the right to see this",
  missing: "This does not exist, or not for you",
  "signed-out": "Your session has ended",
  input: "That request was refused",
  "too-large": "This is too large to send at once",
  offline: "The server cannot be reached",
  silent: "The server does not answer",
  unavailable: "The server is busy",
  unknown: "Something went wrong on our side",
} as const;

/** A failed reading in the place of its content: what happened, what to do, and the request id to pass on. */
export function ErrorCard({
  error,
  onRetry,
  className,
}: {
  error: unknown;
  onRetry?: () => void;
  className?: string;
}) {
  const { kind, message, requestId } = errorFacts(error);
  const pathname = usePathname();
  return (
    <div
      role="alert"
      className={clsx("flex gap-3 rounded-lg border border-line bg-surface p-4", className)}
    >
      <ToneIcon tone={kind === "forbidden" ? "cancelled" : "failed"} className="mt-1" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{TITLES[kind]}</p>
        <p className="mt-0.5 text-sm break-words text-muted">
          {kind === "forbidden"
            ? "An owner or administrator of this tenant can grant it."
            : kind === "signed-out"
              ? "Sign in again; what you typed is kept in this browser."
              : message}
        </p>
        <div className="mt-3 flex flex-wrap items-center gap-3 empty:hidden">
          {kind === "signed-out" ? (
            <a
              href={signInAddress(pathname)}
              className="text-sm text-accent-text underline underline-offset-2"
            >
              Sign in
            </a>
          ) : onRetry === undefined || kind === "forbidden" ? null : (
            <Button onClick={onRetry}>Try again</Button>
          )}
          {requestId === null ? null : (
            <span className="inline-flex items-center text-xs text-muted">
              Request <span className="figures ml-1">{requestId}</span>
              <CopyButton value={requestId} label="Copy request id" />
            </span>
          )}
        </div>
      </div>
    </div>
  );
}

/** A bar in the place of text that is still on its way. */
export function Skeleton({ className }: { className?: string }) {
  return <div aria-hidden className={clsx("shimmer h-3.5", className)} />;
}

/** What is on its way, in its final layout: nothing at first, then bars, and a word once it takes long. */
export function Loading({ what, children }: { what: string; children: ReactNode }) {
  return (
    <div role="status" className="late">
      <span className="sr-only">{what}</span>
      {children}
      <p aria-hidden className="later px-4 py-2 text-sm text-muted">
        Still loading…
      </p>
    </div>
  );
}

/** Rows of a table that is on its way, in the final height. */
export function TableSkeleton({ rows = 8 }: { rows?: number }) {
  return (
    <Loading what="Loading">
      {Array.from({ length: rows }, (_, row) => (
        <div
          key={row}
          className="flex h-14 items-center gap-6 border-b border-line px-4 last:border-0 lg:h-9"
        >
          <Skeleton className="w-2/5 lg:w-56" />
          <Skeleton className="ml-auto w-16" />
          <Skeleton className="hidden w-28 lg:block" />
          <Skeleton className="hidden w-16 lg:block" />
        </div>
      ))}
    </Loading>
  );
}
