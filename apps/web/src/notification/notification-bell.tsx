"use client";

import type { Notifications } from "@scrapersky/api/contract";
import { Bell } from "lucide-react";
import { Suspense } from "react";
import { useMay, usePath } from "#shell/me.tsx";
import { Popover } from "#ui/popover.tsx";
import { noteWords } from "./note-words.ts";
import { useNews } from "./use-news.ts";
import { useTitleCount } from "./use-title-count.ts";
import { late } from "#ui/late.ts";

// Loaded when first opened.
const NotificationList = late(async () => ({
  default: (await import("./notification-list.tsx")).NotificationList,
}));

/** Tells what a reader is told, such as that a batch has ended: here, in the title of the tab and, where that is allowed, outside of the window. */
export function NotificationBell({ news }: { news: Notifications | undefined }) {
  const path = usePath();
  const may = useMay("batches:read");
  const unseen = useNews(news, (note) => {
    if (document.visibilityState !== "hidden" || !isAllowed()) return;
    const { title, text, to } = noteWords(note);
    const told = new Notification(title, {
      body: text,
      // Several windows tell it once.
      tag: note.notificationId,
    });
    told.addEventListener("click", () => {
      focus();
      location.assign(path(to));
    });
  });
  useTitleCount(unseen);
  if (!may) return null;
  const unread = news?.unread ?? 0;
  return (
    <Popover
      label="Notifications"
      align="right"
      triggerClass="relative inline-flex size-8 items-center justify-center rounded-md text-muted hover:bg-hover hover:text-text pointer-coarse:size-11"
      className="w-[min(24rem,calc(100vw-1.5rem))]"
      trigger={
        <>
          <Bell aria-hidden className="size-4" strokeWidth={1.75} />
          {unread === 0 ? null : (
            <span
              aria-hidden
              className="absolute top-0 right-0 inline-flex min-w-4 items-center justify-center rounded-full bg-accent px-1 text-2xs font-medium text-on-accent"
            >
              {unread}
            </span>
          )}
          <span className="sr-only">Notifications{unread === 0 ? "" : `, ${unread} not read`}</span>
        </>
      }
    >
      {(close) => (
        <Suspense>
          <NotificationList onOpen={close} />
        </Suspense>
      )}
    </Popover>
  );
}

const isAllowed = (): boolean => "Notification" in window && Notification.permission === "granted";
