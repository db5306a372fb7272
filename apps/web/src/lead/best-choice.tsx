"use client";

import type { BestChoice } from "@scrapersky/api/contract";
import type { ReactNode } from "react";
import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";

/** The best of several, with why it is; `onRelease` leaves a choice by hand to the rule again. */
export function Best({
  label,
  best,
  none,
  onRelease,
  children,
}: {
  label: string;
  best: BestChoice | null;
  /** Why there is none. */
  none: string;
  onRelease: (() => void) | undefined;
  /** The best one as a link. */
  children: ReactNode;
}) {
  return (
    <div className="min-w-0 px-4 py-3">
      <p className="text-xs text-muted">{label}</p>
      {best === null ? (
        <p className="mt-0.5 text-base text-muted">{none}</p>
      ) : (
        <>
          <p className="mt-0.5 flex items-center gap-1 text-lg font-medium">
            <span className="min-w-0 wrap-anywhere">{children}</span>
            <CopyButton value={best.value} label={`Copy ${best.value}`} />
          </p>
          <p className="flex flex-wrap items-center gap-x-1 text-xs text-muted">
            {best.rule}
            {best.by === "hand" && onRelease !== undefined ? (
              <Button
                variant="ghost"
                className="-my-1.5 text-xs text-accent-text!"
                onClick={onRelease}
              >
                Leave it to the rule
              </Button>
            ) : null}
          </p>
        </>
      )}
    </div>
  );
}
