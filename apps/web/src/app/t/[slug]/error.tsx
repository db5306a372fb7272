"use client";

import { Button } from "#ui/button.tsx";
import { CopyButton } from "#ui/copy-button.tsx";

/** A page that broke while drawing; the frame around it stays. */
export default function PageError({
  error,
  reset,
}: {
  error: Error & { digest?: string };
  reset: () => void;
}) {
  return (
    <div role="alert" className="max-w-xl rounded-lg border border-line bg-surface p-5">
      <h1 className="text-lg font-medium">This page could not be drawn</h1>
      <p className="mt-1 text-sm text-muted">
        Nothing was changed. Try again; if it stays, pass the code on to your administrator.
      </p>
      <div className="mt-4 flex items-center gap-3">
        <Button onClick={reset}>Try again</Button>
        {error.digest === undefined ? null : (
          <span className="inline-flex items-center text-xs text-muted">
            Code <span className="figures ml-1">{error.digest}</span>
            <CopyButton value={error.digest} label="Copy code" />
          </span>
        )}
      </div>
    </div>
  );
}
