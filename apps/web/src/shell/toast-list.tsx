"use client";

import { X } from "lucide-react";
import { Link } from "#ui/link.tsx";
import { useEffect, useState } from "react";
import { Button, IconButton } from "#ui/button.tsx";
import { usePath } from "./me.tsx";
import { endToast, type SaidToast } from "./toast.ts";

/** Long enough to undo by hand, as undoing is what most of them offer. */
const SHOWN_MS = 10_000;

/** Toasts, the newest lowest. They stay while the pointer or the focus is on them. */
export function ToastList({ toasts }: { toasts: readonly SaidToast[] }) {
  return (
    <ol className="fixed inset-x-4 bottom-4 z-40 [body:has([data-selection])_&]:bottom-20 mx-auto flex max-w-md flex-col gap-2">
      {toasts.map((toast) => (
        <OneToast key={toast.key ?? toast.id} toast={toast} />
      ))}
    </ol>
  );
}

function OneToast({ toast: { id, text, action, link, stays = false } }: { toast: SaidToast }) {
  const path = usePath();
  const [held, setHeld] = useState(false);
  useEffect(() => {
    if (held || stays) return;
    const timer = setTimeout(() => endToast(id), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [held, stays, id]);
  const hold = (): void => setHeld(true);
  const release = (): void => setHeld(false);
  return (
    <li
      role="status"
      onPointerEnter={hold}
      onPointerLeave={release}
      onFocus={hold}
      onBlur={release}
      className="arriving flex items-center gap-2 rounded-lg border border-line bg-raised py-1.5 pr-1.5 pl-4 text-sm shadow-float"
    >
      <span className="min-w-0 flex-1 break-words">{text}</span>
      {link === undefined ? null : (
        <Link
          href={path(link.to)}
          onClick={() => endToast(id)}
          className="shrink-0 text-accent-text underline underline-offset-2"
        >
          {link.label}
        </Link>
      )}
      {action === undefined ? null : (
        <Button
          onClick={() => {
            action.run();
            endToast(id);
          }}
        >
          {action.label}
        </Button>
      )}
      <IconButton label="Close" onClick={() => endToast(id)}>
        <X aria-hidden className="size-4" />
      </IconButton>
    </li>
  );
}
