"use client";

import { Upload } from "lucide-react";
import { useId, useRef } from "react";
import { clsx } from "clsx";
import type { ListSummary } from "#intake/list-shape.ts";
import { Button } from "#ui/button.tsx";
import { ListField } from "./list-field.tsx";
import { PartReading, FilePart } from "./list-part.tsx";
import type { KeptDraft } from "./use-draft.ts";
import type { ListFiles } from "./use-list-files.ts";

/** A longer text is kept as a file: a field takes it in a quarter of a second, and answers each key later. */
const FIELD_LENGTH_MAX = 50_000;

export const FIELD_ID = "domains";

const EXAMPLE =
  "acme-bakery.com\nhttps://www.harbor-dental.com/contact\nshop.example.org, lucia-flores.es";

/** Where a list comes from: the field it is pasted into, and files. */
export function ListSource({
  draft: { text, column, files: kept },
  summary,
  files,
  isOver,
  change,
}: {
  draft: KeptDraft["draft"];
  summary: ListSummary;
  files: ListFiles;
  /** Whether files are held over the page. */
  isOver: boolean;
  change: KeptDraft["change"];
}) {
  const picker = useRef<HTMLInputElement>(null);
  const hintId = useId();
  const factsOf = (id: string | null) => summary.parts.find((part) => part.id === id);
  const own = factsOf(null);

  const changeText = (written: string): void => {
    if (written.length <= FIELD_LENGTH_MAX) {
      // A column chosen for one table says nothing of another.
      change(({ text: before }) => ({
        text: written,
        ...(before === "" || written === "" ? { column: null } : {}),
      }));
      return;
    }
    change(() => ({ text: "", column: null }));
    void files.addText(written);
  };
  const addText = (typed: string): void =>
    change(({ text: before }) => ({
      text: [before.trimEnd(), typed].filter((part) => part !== "").join("\n"),
    }));

  return (
    <div>
      <div className="mb-1.5 flex items-center justify-between gap-3">
        <label htmlFor={FIELD_ID} className="text-sm font-medium">
          Domains
        </label>
        <Button variant="ghost" className="-my-1" onClick={() => picker.current?.click()}>
          <Upload aria-hidden className="size-3.5" />
          Add files
        </Button>
        <input
          ref={picker}
          type="file"
          multiple
          aria-label="List files"
          tabIndex={-1}
          className="hidden"
          onChange={(event) => {
            void files.add([...(event.target.files ?? [])]);
            event.target.value = "";
          }}
        />
      </div>
      <ListField
        id={FIELD_ID}
        text={text}
        onChange={changeText}
        onTypedBefore={addText}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData("text/plain");
          if (pasted.length <= FIELD_LENGTH_MAX) return;
          event.preventDefault();
          void files.addText(pasted);
        }}
        autoFocus
        dir="auto"
        spellCheck={false}
        autoCapitalize="off"
        autoComplete="off"
        placeholder={EXAMPLE}
        aria-describedby={hintId}
        className={clsx(
          kept.length > 0 ? "h-40 lg:h-56" : "h-60 lg:h-[26rem]",
          "text-[0.78125rem]",
          isOver ? "border-accent-text bg-accent-soft" : "border-field-line bg-surface",
        )}
      />
      <div className="mt-1.5 space-y-1.5">
        {own === undefined || text.trim() === "" ? null : (
          <PartReading
            facts={own}
            whole={summary.whole}
            name={null}
            column={column}
            onColumn={(chosen) => change(() => ({ column: chosen }))}
          />
        )}
        {kept.length === 0 ? null : (
          <ul aria-label="Files" className="space-y-1.5">
            {kept.map((file) => (
              <FilePart
                key={file.id}
                file={file}
                facts={factsOf(file.id)}
                whole={summary.whole}
                onColumn={(chosen) =>
                  change(({ files: all }) => ({
                    files: all.map((one) =>
                      one.id === file.id ? { ...one, column: chosen, mends: [] } : one,
                    ),
                  }))
                }
                onRemove={() => files.remove(file.id)}
              />
            ))}
          </ul>
        )}
        {files.refusals.length === 0 ? null : (
          <div role="alert" className="space-y-1 text-xs text-failed">
            {files.refusals.map((words) => (
              <p key={words}>{words}</p>
            ))}
          </div>
        )}
        <p role="status" className="text-xs text-muted empty:hidden">
          {files.said}
        </p>
        <p id={hintId} className="text-xs text-muted">
          One per line, a table, or any text with names in it. Files up to 20 MB can be dropped
          anywhere on this page: .xlsx, .csv, .tsv, any text. Kept in this browser until sent.
        </p>
      </div>
    </div>
  );
}
