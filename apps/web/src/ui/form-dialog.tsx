"use client";

import { useId, type ReactNode } from "react";
import { Button, type ButtonVariant } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

/** A few fields above two buttons; Enter in a field sends them. */
export function FormDialog({
  open,
  onClose,
  title,
  children,
  send,
  variant = "primary",
  ready,
  onSend,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  send: string;
  variant?: ButtonVariant;
  ready: boolean;
  onSend: () => void;
}) {
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      labelledBy={titleId}
      className="m-auto w-[min(28rem,calc(100vw-2rem))] rounded-lg border border-line p-5 shadow-float"
    >
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (ready) onSend();
        }}
      >
        <h2 id={titleId} className="text-lg font-medium">
          {title}
        </h2>
        <div className="mt-3 flex flex-col gap-4 text-sm">{children}</div>
        <div className="mt-5 flex flex-wrap justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button type="submit" variant={variant} disabled={!ready}>
            {send}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
