"use client";

import { KEY_OVERLAP_HOURS } from "@scrapersky/api/wire";
import { useAct } from "#trpc/use-act.ts";
import { RotateDialog } from "#ui/rotate-dialog.tsx";
import { MadeKey } from "./made-key.tsx";

const OVERLAPS = [
  { hours: 0, words: "Ends at once" },
  { hours: 1, words: "Works for another hour" },
  { hours: 24, words: "Works for another day" },
  { hours: 168, words: "Works for another week" },
];

/** Makes a key in the place of another, which goes on working for a while. */
export default function RotateKeyDialog({
  keyId,
  name,
  open,
  onClose,
}: {
  keyId: string;
  name: string;
  open: boolean;
  onClose: () => void;
}) {
  const rotation = useAct(["keys"], ({ keys }, overlapHours: number) =>
    keys.rotate.mutate({ keyId, overlapHours }),
  );
  return (
    <RotateDialog
      open={open}
      onClose={onClose}
      title={`Rotate the key “${name}”`}
      send="Make the new key"
      label="The key of today"
      hours={KEY_OVERLAP_HOURS.default}
      overlaps={OVERLAPS}
      rotation={rotation}
    >
      {(made) => <MadeKey made={made} />}
    </RotateDialog>
  );
}
