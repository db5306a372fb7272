"use client";

import { countOf } from "#format/number.ts";
import { useMay } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { errorFacts } from "#trpc/error-facts.ts";
import { useRunAgain } from "./use-run-again.ts";

/** Lets what failed for one reason run again, and says how many there were. */
export function RunAgainButton({
  code,
  message,
  count,
  batchIds,
}: {
  code: string;
  /** The reason as a sentence. */
  message: string;
  count: number;
  batchIds: readonly string[];
}) {
  const may = useMay("jobs:retry");
  const again = useRunAgain(code, batchIds);
  if (!may) return null;
  return (
    <>
      {again.isSuccess || again.isError ? (
        <span role="status" className="px-1 text-xs text-muted">
          {again.isError
            ? errorFacts(again.error).message
            : again.data === 0
              ? "None was left to run again"
              : `${countOf(again.data, "job")} will run again`}
        </span>
      ) : null}
      <Button
        variant="ghost"
        className="text-accent-text!"
        disabled={again.isPending}
        onClick={() => again.mutate()}
      >
        {count === 1 ? "Run it again" : "Run these again"}
        <span className="sr-only">: {message}</span>
      </Button>
    </>
  );
}
