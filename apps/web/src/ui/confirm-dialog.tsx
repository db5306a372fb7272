"use client";

import { useId, type ReactNode } from "react";
import { Button } from "./button.tsx";
import { Dialog } from "./dialog.tsx";

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
