"use client";

import { Download } from "lucide-react";
import { exportAddress } from "#export/export-address.ts";
import { useMay, usePath } from "#shell/me.tsx";
import { buttonClass } from "#ui/button.tsx";
import { Menu } from "#ui/menu.tsx";

/** Files of a batch: its businesses with their best contact, and its list with what was found beside each line. */
export function ExportBatch({ batchId }: { batchId: string }) {
  const path = usePath();
  const mayExport = useMay("export:read");
  const mayReadContacts = useMay("contacts:read");
  if (!mayExport || !mayReadContacts) return null;
  const ofBatch = { batch_id: batchId };
  const files = [
    ["Best contacts, Excel", exportAddress("leads.xlsx", ofBatch)],
    ["Best contacts, CSV", exportAddress("leads.csv", ofBatch)],
    ["My list back, Excel", exportAddress(`batches/${encodeURIComponent(batchId)}/list.xlsx`)],
    ["My list back, CSV", exportAddress(`batches/${encodeURIComponent(batchId)}/list.csv`)],
  ] as const;
  return (
    <Menu
      label="Export of the batch"
      hotkey="export"
      triggerClass={buttonClass()}
      trigger={
        <>
          <Download aria-hidden className="size-3.5" />
          Export
        </>
      }
      entries={files.map(([label, address]) => ({
        key: label,
        label,
        href: path(address),
        isFile: true,
      }))}
    />
  );
}
