"use client";

// As a button of `#ui/button.tsx`, without its script: every page brings this one, for a case that hardly any meets.
const BUTTON =
  "inline-flex h-8 items-center rounded-md border border-line-strong bg-surface px-3 text-sm font-medium hover:bg-hover pointer-coarse:h-11";

/** A page that could not be drawn, in the place of its content. */
export function PageProblem({
  error,
  retry,
}: {
  error: Error & { digest?: string };
  retry: () => void;
}) {
  return (
    <div role="alert" className="max-w-xl rounded-lg border border-line bg-surface p-5">
      <h1 className="text-lg font-medium">This page could not be drawn</h1>
      <p className="mt-1 text-sm text-muted">
        The server may be starting or busy. Nothing was changed: try again, and if it stays, pass
        the code on to your administrator.
      </p>
      <div className="mt-4 flex items-center gap-3">
        <button type="button" onClick={retry} className={BUTTON}>
          Try again
        </button>
        {error.digest === undefined ? null : (
          <span className="inline-flex items-center text-xs text-muted">
            Code <span className="figures ml-1">{error.digest}</span>
          </span>
        )}
      </div>
    </div>
  );
}
