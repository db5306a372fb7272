"use client";

import { useState, useSyncExternalStore } from "react";
import { NewBatchView, type BatchLimits } from "#batch/new-batch-view.tsx";
import { draftKeys } from "#batch/use-draft.ts";
import { MeProvider } from "#shell/me.tsx";
import { ME, PLACES } from "./fixture-base.ts";
import type { KeptScene } from "./list-fixtures.ts";

const never = (): (() => void) => () => undefined;

const keep = (key: string, value: object | null): void => {
  if (value === null) localStorage.removeItem(key);
  else localStorage.setItem(key, JSON.stringify(value));
};

interface SceneProps {
  kept: KeptScene;
  limits: BatchLimits;
}

/** The page of a new batch as a person finds it whose browser keeps something. */
export function KeptDraftScene(props: SceneProps) {
  const isBrowser = useSyncExternalStore(
    never,
    () => true,
    () => false,
  );
  return isBrowser ? <Kept {...props} /> : null;
}

function Kept({ kept: { personId, draft, last }, limits }: SceneProps) {
  useState(() => {
    const keys = draftKeys(ME.tenant.slug, personId);
    keep(keys.draft, draft);
    keep(keys.last, last);
  });
  return (
    <MeProvider me={{ ...ME, id: personId }} places={PLACES}>
      <NewBatchView limits={limits} />
    </MeProvider>
  );
}
