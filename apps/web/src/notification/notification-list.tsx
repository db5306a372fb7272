"use client";

import type { Notification as Note } from "@scrapersky/api/contract";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { clsx } from "clsx";
import { Link } from "#ui/link.tsx";
import { useState } from "react";
import { usePath } from "#shell/me.tsx";
import { useApi } from "#trpc/client.tsx";
import { Button } from "#ui/button.tsx";
import { EmptyState, ErrorCard } from "#ui/states.tsx";
import { ToneIcon } from "#ui/status.tsx";
import { Ago } from "#ui/time.tsx";
import { noteWords } from "./note-words.ts";
import { NOTIFICATIONS_KEY, notificationsQuery } from "./notification-queries.ts";

/** The newest notifications of the reader, those not read first in weight. */
export function NotificationList({ onOpen }: { onOpen: () => void }) {
  const api = useApi();
  const queryClient = useQueryClient();
  const query = useQuery(notificationsQuery(api));
  const read = useMutation({
    mutationFn: async (notificationIds: string[] | undefined) =>
      (await api()).notifications.markRead.mutate({ notificationIds }),
    onSettled: () => queryClient.invalidateQueries({ queryKey: NOTIFICATIONS_KEY }),
  });
  const { items = [], unread = 0 } = query.data ?? {};
  return (
    <div>
      <div className="flex h-10 items-center justify-between gap-2 border-b border-line pr-1 pl-3">
        <h2 className="text-sm font-medium">Notifications</h2>
        {unread === 0 ? null : (
          <Button variant="ghost" disabled={read.isPending} onClick={() => read.mutate(undefined)}>
            Mark all as read
          </Button>
        )}
      </div>
      {query.isError ? (
        <ErrorCard error={query.error} onRetry={() => void query.refetch()} className="border-0" />
      ) : null}
      {items.length === 0 && !query.isError ? (
        <EmptyState compact title="Nothing yet">
          When a batch of yours has ended, it is told here.
        </EmptyState>
      ) : (
        <ul className="max-h-96 divide-y divide-line overflow-y-auto">
          {items.map((note) => (
            <NotificationRow
              key={note.notificationId}
              note={note}
              onOpen={() => {
                onOpen();
                if (note.readAt === null) read.mutate([note.notificationId]);
              }}
            />
          ))}
        </ul>
      )}
      <AskForMore />
    </div>
  );
}

function NotificationRow({ note, onOpen }: { note: Note; onOpen: () => void }) {
  const path = usePath();
  const { createdAt, readAt } = note;
  const { name, tone, word, text, to } = noteWords(note);
  return (
    <li>
      <Link
        href={path(to)}
        prefetch={false}
        onClick={onOpen}
        className="flex gap-2.5 px-3 py-2 text-sm hover:bg-hover"
      >
        <ToneIcon tone={tone} className="mt-[3px]" />
        <span className="min-w-0 flex-1">
          <span className="flex items-baseline gap-2">
            <bdi className={clsx("min-w-0 truncate", readAt === null && "font-medium")}>{name}</bdi>
            {readAt === null ? (
              <span className="size-1.5 shrink-0 self-center rounded-full bg-accent-text">
                <span className="sr-only">(not read)</span>
              </span>
            ) : null}
            <Ago at={createdAt} className="ml-auto shrink-0 text-xs text-muted" />
          </span>
          <span className="block text-xs text-muted tabular-nums">
            {word}: {text}
          </span>
        </span>
      </Link>
    </li>
  );
}

/** The way to be told outside of the window, as long as the browser has not been asked. */
function AskForMore() {
  const [state, setState] = useState(() =>
    "Notification" in window ? Notification.permission : "denied",
  );
  if (state !== "default") return null;
  return (
    <div className="border-t border-line p-1.5">
      <Button
        variant="ghost"
        className="w-full"
        onClick={() => void Notification.requestPermission().then(setState)}
      >
        Tell me outside of this window too
      </Button>
    </div>
  );
}
