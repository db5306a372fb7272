import type { Permission } from "@scrapersky/api";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getMe } from "#trpc/server.ts";

/** The `generateMetadata` of a page of the platform: its title, for whoever may open it; for others there is no page. */
export const adminTitle =
  (title: string, permission: Permission) => async (): Promise<Metadata> => {
    const { permissions } = await getMe(null);
    if (!permissions.includes(permission)) notFound();
    return { title };
  };
