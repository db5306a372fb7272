"use client";

import { clsx } from "clsx";
import { useEffect, useId, useRef, type ReactNode } from "react";
import { Button } from "./button.tsx";

/**
 * The browser's own modal: it keeps the focus inside, makes the page behind inert, closes on Esc and gives the focus
 * back, without a line of script for any of it.
 */
export function Dialog({
  open,
  onClose,
  label,
  labelledBy,
  className,
  children,
}: {
  open: boolean;
  onClose: () => void;
  label?: string;
  labelledBy?: string;
  className?: string;
  children: ReactNode;
}) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === open) return;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      aria-labelledby={labelledBy}
      onClose={onClose}
      // The click lands on the dialog itself only outside its content box.
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className={clsx("bg-raised text-text backdrop:bg-[oklch(0.15_0.01_265/0.45)]", className)}
    >
      {open ? children : null}
    </dialog>
  );
}

/** Asks once before something that cannot be taken back. */
export function ConfirmDialog({
  open,
  onClose,
  title,
  children,
  confirm,
  keep,
  busy,
  onConfirm,
}: {
  open: boolean;
  onClose: () => void;
  title: string;
  children: ReactNode;
  confirm: string;
  keep: string;
  busy: boolean;
  onConfirm: () => void;
}) {
  const titleId = useId();
  return (
    <Dialog
      open={open}
      onClose={onClose}
      labelledBy={titleId}
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line p-5 shadow-float"
    >
      <h2 id={titleId} className="text-lg font-medium">
        {title}
      </h2>
      <div className="mt-1.5 text-sm text-muted">{children}</div>
      <div className="mt-5 flex flex-wrap justify-end gap-2">
        <Button onClick={onClose} autoFocus>
          {keep}
        </Button>
        <Button variant="danger" onClick={onConfirm} disabled={busy}>
          {confirm}
        </Button>
      </div>
    </Dialog>
  );
}
