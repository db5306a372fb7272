import type { Metadata } from "next";
import { getMe } from "#trpc/server.ts";

/** The `generateMetadata` of a tenant's page: its title, unless the reader is no member, for whom there is no page. */
export const pageTitle =
  (title: string) =>
  async ({ params }: { params: Promise<{ slug: string }> }): Promise<Metadata> => {
    await getMe((await params).slug);
    return { title };
  };
