"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { Suspense, useEffect, useState } from "react";
import { useMay } from "#shell/me.tsx";
import { afterLoad } from "#ui/after-load.ts";
import { Button } from "#ui/button.tsx";
import { isOver } from "./is-over.ts";
import { late } from "#ui/late.ts";

const loadDialog = async () => ({ default: (await import("./cancel-dialog.tsx")).CancelDialog });
const CancelDialog = late(loadDialog);

/** Stops a batch after asking once; what was found stays. */
export function CancelBatch({ batch }: { batch: BatchProgress }) {
  const [asking, setAsking] = useState(false);
  const [asked, setAsked] = useState(false);
  const offered = useMay("batches:cancel") && !isOver(batch.status) && !batch.cancelling;
  // Not needed to draw the page, but at hand before it is asked for.
  useEffect(
    () => (offered ? afterLoad(() => void loadDialog().catch(() => undefined)) : undefined),
    [offered],
  );
  if (!offered) return null;
  return (
    <>
      <Button
        onClick={() => {
          setAsked(true);
          setAsking(true);
        }}
      >
        Cancel batch…
      </Button>
      {asked ? (
        <Suspense>
          <CancelDialog batch={batch} open={asking} onClose={() => setAsking(false)} />
        </Suspense>
      ) : null}
    </>
  );
}
