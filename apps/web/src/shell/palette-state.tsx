"use client";

import { countOf } from "#format/number.ts";
import { errorFacts } from "#trpc/error-facts.ts";
import { Button } from "#ui/button.tsx";
import { useMay } from "./me.tsx";

/** What becomes of the search: under way, without an answer, or nothing found, and where it did not look. */
export function PaletteState({
  text,
  found,
  isAsking,
  error,
  onAgain,
}: {
  text: string;
  found: number;
  isAsking: boolean;
  error: unknown;
  onAgain: () => void;
}) {
  const mayReadContacts = useMay("contacts:read");
  const failed = error !== null && error !== undefined;
  const isLine = failed || isAsking || (text !== "" && found === 0);
  return (
    <div
      className={
        isLine
          ? "flex items-center gap-3 border-t border-line px-4 py-3 text-sm text-muted first:border-0"
          : "sr-only"
      }
    >
      <p role="status" className="min-w-0 flex-1">
        {failed ? (
          <>
            The search has no answer: {errorFacts(error).message} Pages and actions are still found.
          </>
        ) : isAsking ? (
          "Searching…"
        ) : text === "" ? null : found > 0 ? (
          `${countOf(found, "choice")} found`
        ) : (
          <>
            Nothing here is called “{text}”.
            {mayReadContacts
              ? null
              : " E-mails and numbers are searched for who may read contacts."}
          </>
        )}
      </p>
      {failed ? <Button onClick={onAgain}>Try again</Button> : null}
    </div>
  );
}
