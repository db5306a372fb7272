"use client";

import { useEffect, useState } from "react";
import { NewBatchView, type BatchLimits } from "#batch/new-batch-view.tsx";
import { draftKeys } from "#batch/use-draft.ts";
import { MeProvider } from "#shell/me.tsx";
import { ME, PLACES } from "./fixture-base.ts";
import type { KeptScene } from "./list-fixtures.ts";

const keep = (key: string, value: object | null): void => {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(value));
};

/** The page of a new batch as a person finds it whose browser keeps something. */
export function KeptDraftScene({
  kept: { personId, draft, last },
  limits,
}: {
  kept: KeptScene;
  limits: BatchLimits;
}) {
  const [isKept, setKept] = useState(false);
  useEffect(() => {
    const keys = draftKeys(ME.tenant.slug, personId);
    keep(keys.draft, draft);
    keep(keys.last, last);
    setKept(true);
  }, [personId, draft, last]);
  return isKept ? (
    <MeProvider me={{ ...ME, id: personId }} places={PLACES}>
      <NewBatchView limits={limits} />
    </MeProvider>
  ) : null;
}
