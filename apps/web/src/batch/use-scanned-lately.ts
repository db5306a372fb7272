"use client";

import type { ScanPace } from "@scrapersky/api/intake";
import { useEffect, useState } from "react";
import type { SortedList } from "#intake/use-list.ts";
import { useApi } from "#trpc/client.tsx";

/** So many domains are asked about at once; the server takes as many lines. */
const ASKED_MAX = 10_000;
const PAUSE_MS = 400;

export interface ScannedLately {
  /** How the tenant's scans go; null until it is known. */
  pace: ScanPace | null;
  /** True when the server could not tell what was scanned lately. */
  unknown: boolean;
}

/** Asks the server which domains of the list were scanned lately or are never visited, each once, and has the list sorted by it. */
export const useScannedLately = ({
  keeper,
  again,
  settled,
  version,
  summary,
}: SortedList): ScannedLately => {
  const api = useApi();
  const [known, setKnown] = useState<ScannedLately>({ pace: null, unknown: false });
  const asks = settled && summary.running + summary.reused > 0;
  useEffect(() => {
    if (!asks) return;
    let isCurrent = true;
    const ask = async (): Promise<void> => {
      const open = await keeper();
      const domains = await open.unasked(ASKED_MAX);
      if (domains.length === 0 || !isCurrent) return;
      const { batches } = await api();
      const { recent, invalid, pace } = await batches.validate.query({ rows: domains });
      await open.learn(domains, { recent, invalid });
      setKnown({ pace, unknown: false });
      if (isCurrent) again();
    };
    const timer = setTimeout(() => {
      void ask().catch(() => setKnown(({ pace }) => ({ pace, unknown: true })));
    }, PAUSE_MS);
    return () => {
      isCurrent = false;
      clearTimeout(timer);
    };
  }, [asks, version, keeper, again, api]);
  return known;
};
