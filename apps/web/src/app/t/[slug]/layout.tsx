import type { ReactNode } from "react";
import { PageFrame } from "#shell/page-frame.tsx";
import { getFeatures, getMe } from "#trpc/server.ts";

export default async function TenantLayout({
  params,
  children,
}: {
  params: Promise<{ slug: string }>;
  children: ReactNode;
}) {
  const { slug } = await params;
  const [me, features] = await Promise.all([getMe(slug), getFeatures(slug)]);
  return (
    <PageFrame me={me} features={features}>
      {children}
    </PageFrame>
  );
}
