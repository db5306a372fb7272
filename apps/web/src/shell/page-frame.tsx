import type { FeatureNode, Me } from "@scrapersky/api/contract";
import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { ApiProvider } from "#trpc/client.tsx";
import { Frame } from "./frame.tsx";
import { MeProvider } from "./me.tsx";
import { placesOf } from "./navigation.ts";
import { readTheme, THEME_COOKIE } from "./theme.ts";
import { ZoneProvider } from "./zone-context.tsx";
import { readOwnZone, ZONE_COOKIE } from "./zone.ts";

/** The frame with what pages inside it ask for: the person in a tenant, that tenant's api, the theme and the time zone. */
export async function PageFrame({
  me,
  features,
  children,
}: {
  me: Me;
  features: FeatureNode[];
  children: ReactNode;
}) {
  const kept = await cookies();
  const { slug } = me.tenant;
  return (
    <ApiProvider key={slug} tenant={slug}>
      <MeProvider me={me} places={placesOf(features, me.permissions)}>
        <ZoneProvider kept={me.timeZone} last={readOwnZone(kept.get(ZONE_COOKIE)?.value)}>
          <Frame theme={readTheme(kept.get(THEME_COOKIE)?.value)}>{children}</Frame>
        </ZoneProvider>
      </MeProvider>
    </ApiProvider>
  );
}
