"use client";

import { useSearchParams } from "next/navigation";
import { Button } from "#ui/button.tsx";

const REASONS: Record<string, string> = {
  TOO_MANY_EXPORTS:
    "As many exports of this tenant as are sent at once are under way. Try again when one has ended.",
  EXPORT_NOT_COMPLETE: "Your last export did not arrive whole. Export everything once more.",
  "401": "Your session has ended. Sign in again.",
  "403": "Your role does not let you export this. An owner or administrator can grant it.",
};

/** Why the file that was asked for did not come. */
export function ExportRefused() {
  const code = useSearchParams().get("refused");
  if (code === null) return null;
  const leave = (): void => {
    const url = new URL(location.href);
    url.searchParams.delete("refused");
    history.replaceState(null, "", url.pathname + url.search);
  };
  return (
    <div
      role="alert"
      className="mb-3 flex flex-wrap items-center justify-between gap-3 rounded-lg border border-line bg-surface px-4 py-2 text-sm"
    >
      <p>
        <strong className="font-medium text-failed">No file was made.</strong>{" "}
        {REASONS[code] ?? "The server could not make it. Nothing was changed; try again."}
      </p>
      <Button onClick={leave}>Close</Button>
    </div>
  );
}
