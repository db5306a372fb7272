"use client";

import { Link } from "#ui/link.tsx";
import { countOf } from "#format/number.ts";
import { usePath } from "#shell/me.tsx";
import { Button } from "#ui/button.tsx";
import { Ago } from "#ui/time.tsx";
import type { LastList } from "./use-draft.ts";

/** The list that was written before, offered while there is no other. */
export function LastListOffer({ last, onTake }: { last: LastList; onTake: () => void }) {
  const path = usePath();
  const { batchId, label, domains, at } = last;
  const name = <bdi>{label === "" ? "Your last list" : `“${label}”`}</bdi>;
  return (
    <div className="mb-4 flex flex-wrap items-center gap-x-4 gap-y-2 rounded-lg border border-line bg-surface px-4 py-2.5 text-sm">
      <p className="min-w-0 flex-1 basis-64 break-words text-muted">
        <span className="text-text">
          {batchId === null ? (
            name
          ) : (
            <Link
              href={path(`/batches/${batchId}`)}
              className="rounded-sm underline decoration-line-strong underline-offset-2 hover:decoration-current"
            >
              {name}
            </Link>
          )}
        </span>
        , {countOf(domains, "domain")}, {batchId === null ? "cleared" : "created"}{" "}
        <Ago at={at} bare />
      </p>
      <Button onClick={onTake}>Use this list again</Button>
    </div>
  );
}
