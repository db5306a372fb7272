import { notFound } from "next/navigation";
import type { ReactNode } from "react";
import { adminPlacesOf } from "#admin/admin-places.ts";
import { PageFrame } from "#shell/page-frame.tsx";
import { getFeatures, getMe } from "#trpc/server.ts";

/** The pages of the platform's staff, in the frame of their home tenant. For everybody else there are none. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  const me = await getMe(null);
  if (adminPlacesOf(me.permissions).length === 0) notFound();
  return (
    <PageFrame me={me} features={await getFeatures(me.tenant.slug)}>
      {children}
    </PageFrame>
  );
}
