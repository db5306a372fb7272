"use client";

import { clsx } from "clsx";
import { useEffect, useRef, type ReactNode } from "react";

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
  // Told late, when it may be open again: only closings by somebody are news.
  const isOurs = useRef(false);
  useEffect(() => {
    const dialog = ref.current;
    if (dialog === null || dialog.open === open) return;
    isOurs.current = !open;
    if (open) dialog.showModal();
    else dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      aria-label={label}
      aria-labelledby={labelledBy}
      onClose={() => {
        if (!isOurs.current && ref.current?.open === false) onClose();
      }}
      // The click lands on the dialog itself only outside its content box.
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className={clsx("bg-raised text-text backdrop:bg-[oklch(0.15_0.01_265/0.45)]", className)}
    >
      {open ? children : null}
    </dialog>
  );
}
