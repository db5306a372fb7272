import { CopyButton } from "#ui/copy-button.tsx";
import { Panel } from "#ui/table.tsx";

/** A text to copy, such as a sample. */
export function CodeBlock({ title, of, text }: { title: string; of: string; text: string }) {
  return (
    <Panel className="mb-3">
      <div className="flex min-h-8 items-center justify-between border-b border-line pr-1 pl-3">
        <h3 className="text-xs font-medium text-muted">{title}</h3>
        <CopyButton value={text} label={`Copy ${title}`} />
      </div>
      {/* What scrolls has to be reached by a keyboard. */}
      <pre
        tabIndex={0}
        role="region"
        aria-label={`${title}, ${of}`}
        className="figures max-h-96 overflow-auto px-3 py-2.5 whitespace-pre"
      >
        {text}
      </pre>
    </Panel>
  );
}
