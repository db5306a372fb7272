"use client";

import { Dialog } from "#ui/dialog.tsx";
import { Sidebar } from "./sidebar.tsx";

/** The sidebar where there is no room beside the page. */
export function Drawer({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label="Navigation"
      className="m-0 h-dvh max-h-none w-64 border-r border-line shadow-float"
    >
      <Sidebar onNavigate={onClose} />
    </Dialog>
  );
}
