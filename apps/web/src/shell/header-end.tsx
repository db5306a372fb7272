"use client";

import type { Notifications } from "@scrapersky/api/contract";
import { NotificationBell } from "#notification/notification-bell.tsx";
import type { Theme } from "./theme.ts";
import { ThemeSwitch } from "./theme-switch.tsx";
import { useStaySignedIn } from "./stay-signed-in.ts";
import { UserMenu } from "./user-menu.tsx";

/** What is new, how it looks, and who is here. */
export function HeaderEnd({ theme, news }: { theme: Theme; news: Notifications | undefined }) {
  useStaySignedIn();
  return (
    <>
      <NotificationBell news={news} />
      <ThemeSwitch initial={theme} />
      <UserMenu />
    </>
  );
}
