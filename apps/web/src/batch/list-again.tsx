"use client";

import type { BatchProgress } from "@scrapersky/api/contract";
import { useMay, useMe, usePath } from "#shell/me.tsx";
import { ButtonLink } from "#ui/button-link.tsx";
import { isOver } from "./is-over.ts";
import { useLastList } from "./use-draft.ts";

/** For a batch that has ended and whose list this browser still has: the way to make another of it. */
export function ListAgain({ batch }: { batch: BatchProgress }) {
  const { id, tenant } = useMe();
  const path = usePath();
  const last = useLastList(tenant.slug, id);
  const offered = useMay("batches:create") && isOver(batch.status);
  return offered && last.value.batchId === batch.batchId ? (
    <ButtonLink href={path("/batches/new")}>New batch from this list</ButtonLink>
  ) : null;
}
