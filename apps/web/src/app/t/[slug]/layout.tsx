import { cookies } from "next/headers";
import type { ReactNode } from "react";
import { Frame } from "#shell/frame.tsx";
import { MeProvider } from "#shell/me.tsx";
import { readTheme, THEME_COOKIE } from "#shell/theme.ts";
import { ApiProvider } from "#trpc/client.tsx";
import { getMe } from "#trpc/server.ts";

export default async function TenantLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}) {
  const { slug } = await params;
  const me = await getMe(slug);
  const theme = readTheme((await cookies()).get(THEME_COOKIE)?.value);
  return (
    <ApiProvider key={slug} tenant={slug}>
      <MeProvider me={me}>
        <Frame theme={theme}>{children}</Frame>
      </MeProvider>
    </ApiProvider>
  );
}
