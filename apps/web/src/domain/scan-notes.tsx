import type { ScanNote } from "@scrapersky/api/contract";
import { clsx } from "clsx";
import { ToneIcon } from "#ui/status.tsx";
import { Panel } from "#ui/table.tsx";

/** What to know before the facts of a scan are believed. */
export function ScanNotes({ notes, className }: { notes: ScanNote[]; className?: string }) {
  if (notes.length === 0) return null;
  return (
    <Panel className={clsx("px-4 py-3", className)}>
      <ul aria-label="Notes on the scan" className="space-y-1">
        {notes.map(({ flag, text }) => (
          <li key={flag} className="flex gap-2.5">
            <ToneIcon tone="partial" className="mt-1" />
            <span className="min-w-0 break-words">{text}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}
