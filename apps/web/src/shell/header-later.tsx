"use client";

import { useQuery } from "@tanstack/react-query";
import { notificationsQuery } from "#notification/notification-queries.ts";
import { useApi } from "#trpc/client.tsx";
import { Later } from "#ui/later.tsx";
import { useMay } from "./me.tsx";
import type { Theme } from "./theme.ts";
import { late } from "#ui/late.ts";

const HeaderEnd = late(async () => ({ default: (await import("./header-end.tsx")).HeaderEnd }));

const ASK_MS = 15_000;

/** What the header ends with: nothing that a page is read or driven by at first. */
export function HeaderLater({ theme }: { theme: Theme }) {
  const may = useMay("batches:read");
  const { data } = useQuery({
    ...notificationsQuery(useApi()),
    enabled: may,
    refetchInterval: ASK_MS,
    // It is for those who look elsewhere.
    refetchIntervalInBackground: true,
  });
  return (
    <Later
      place={
        <>
          {may ? <span className={PLACE} /> : null}
          <span className={PLACE} />
          <span className={`${PLACE} rounded-full bg-press`} />
        </>
      }
    >
      <HeaderEnd theme={theme} news={data} />
    </Later>
  );
}

const PLACE = "size-8 pointer-coarse:size-11";
