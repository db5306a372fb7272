import { Lock } from "lucide-react";

/** A page the person has no right to, with whom to ask. */
export function Refused({ what }: { what: string }) {
  return (
    <div className="flex flex-col items-center gap-1 py-20 text-center">
      <Lock aria-hidden className="mb-2 size-5 text-muted" />
      <h1 className="text-lg font-medium">Your role does not let you {what}</h1>
      <p className="text-sm text-muted">An owner or administrator of this tenant can grant it.</p>
    </div>
  );
}
