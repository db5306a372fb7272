"use client";

import { useCommandKey } from "#ui/command-key.ts";
import { Dialog } from "#ui/dialog.tsx";
import { hotkeysNow } from "./hotkey.ts";

/** Every key of the page in sight. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const command = useCommandKey();
  const keys = [
    { key: command === "⌘" ? "⌘ K" : "Ctrl K", words: "Go to anything" },
    ...(open ? hotkeysNow() : []),
    { key: "Enter", words: "Open the row" },
    { key: "Esc", words: "Close what is on top" },
  ];
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label="Keys"
      className="m-auto w-[min(24rem,calc(100vw-2rem))] rounded-lg border border-line p-5 shadow-float"
    >
      <h2 className="mb-3 text-lg font-medium">Keys of this page</h2>
      <dl className="divide-y divide-line text-sm">
        {keys.map(({ key, words }) => (
          <div key={key} className="flex items-center justify-between gap-4 py-1.5">
            <dt>{words}</dt>
            <dd>
              <kbd className="rounded-sm border border-line px-1.5 font-sans text-xs">{key}</kbd>
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
