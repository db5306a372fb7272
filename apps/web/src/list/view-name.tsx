"use client";

import type { AnyList } from "@scrapersky/api/lists";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "next/navigation";
import { useEffect, useRef } from "react";
import { useMe } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import type { Preset } from "./list-view.ts";
import { openView, presetQuery, queryOf, VIEW } from "./view-address.ts";
import { viewsQuery } from "./view-queries.ts";

/** The view in sight by its name, and whether it was changed; a link that names a view alone opens it. */
export function ViewName({ list, presets }: { list: AnyList; presets: Preset<never>[] }) {
  const { id } = useMe();
  const params = useSearchParams();
  const slug = params.get(VIEW);
  const preset = presets.find((each) => each.slug === slug);
  const { data } = useQuery({
    ...viewsQuery(useApi(), list.name),
    enabled: slug !== null && preset === undefined,
  });
  const saved = data?.find((view) => view.slug === slug);
  const asked = preset === undefined ? saved?.query : presetQuery(list, preset, id);
  const now = queryOf(new URLSearchParams(params));
  // Only as the page was opened: whoever drops the last filter wants it gone.
  const isAlone = useRef(now === "");
  useEffect(() => {
    if (!isAlone.current || slug === null || asked === undefined) return;
    isAlone.current = false;
    openView(slug, asked);
  }, [slug, asked]);
  const name = preset?.name ?? saved?.name;
  if (name === undefined) return <span className="max-xl:sr-only">Views</span>;
  return (
    <span className="max-w-48 truncate">
      {name}
      {now === asked ? null : <span className="text-muted"> · modified</span>}
    </span>
  );
}
