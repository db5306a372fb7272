import type { KeyMade } from "@scrapersky/api/contract";
import { Copyable } from "#ui/copy-button.tsx";

/** A key, the only time that it is told. */
export function MadeKey({ made }: { made: KeyMade }) {
  return (
    <div role="status" className="space-y-2">
      <p>
        Keep it where your program reads it: it is shown only now. It is sent as “Authorization:
        Bearer …”.
      </p>
      <p className="figures rounded-md border border-line bg-canvas px-2.5 py-2">
        <Copyable text={made.key} label="Copy the key" />
      </p>
      <p className="text-muted">It may: {made.scopes.join(", ")}</p>
    </div>
  );
}
