import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "#shell/frame.tsx";
import { MeProvider } from "#shell/me.tsx";
import { placesOf } from "#shell/navigation.ts";
import { readTheme, THEME_COOKIE } from "#shell/theme.ts";
import { ZoneProvider } from "#shell/zone-context.tsx";
import { readZone, ZONE_COOKIE } from "#shell/zone.ts";
import { ApiProvider } from "#trpc/client.tsx";
import { getApi, getMe } from "#trpc/server.ts";

export default async function TenantLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}) {
  const { slug } = await params;
  const [me, features] = await Promise.all([
    getMe(slug),
    // Without the tree the frame still stands, with the overview alone.
    getApi(slug)
      .client.features.tree.query()
      .catch(() => []),
  ]);
  const kept = await cookies();
  const theme = readTheme(kept.get(THEME_COOKIE)?.value);
  const zone = readZone(kept.get(ZONE_COOKIE)?.value);
  return (
    <ApiProvider key={slug} tenant={slug}>
      <MeProvider me={me} places={placesOf(features, me.permissions)}>
        <ZoneProvider initial={zone}>
          <Frame theme={theme}>{children}</Frame>
        </ZoneProvider>
      </MeProvider>
    </ApiProvider>
  );
}
