import { Copyable } from "#ui/copy-button.tsx";

/** A secret, the only time that it is told. */
export function MadeSecret({ secret }: { secret: string }) {
  return (
    <div role="status" className="space-y-2">
      <p>
        Your program checks signatures with it, as Standard Webhooks says. It is shown only now.
      </p>
      <p className="figures rounded-md border border-line bg-canvas px-2.5 py-2">
        <Copyable text={secret} label="Copy the secret" />
      </p>
    </div>
  );
}
