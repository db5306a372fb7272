"use client";

import { useState } from "react";
import { formatCount } from "#format/number.ts";
import { Button } from "#ui/button.tsx";
import { Input } from "#ui/field.tsx";
import type { FilterBarProps } from "./filter-bar.tsx";
import { subjectOf } from "./list-labels.ts";
import { useFilterChoices } from "./use-filter-choices.ts";

/** What one filter holds, by its kind: words to tick, a text, a day or a number. */
export function FilterEditor({ name, ...props }: FilterBarProps & { name: string }) {
  const { list, labels, written, onChange } = props;
  const filter = list.filters[name]!;
  const chosen = written[name] ?? [];
  const choices = useFilterChoices(props, name);
  const put = (words: readonly string[]): void => onChange({ [name]: words });
  const subject = subjectOf(labels.filters[name]!) ?? name;
  switch (filter.kind) {
    case "time":
      return <OneValue type="date" subject={subject} value={chosen[0]?.slice(0, 10)} onPut={put} />;
    case "count":
      return <OneValue type="number" subject={subject} value={chosen[0]} onPut={put} />;
    case "text":
      return <OneValue type="text" subject={subject} value={chosen[0]} onPut={put} />;
    case "choices":
    case "flag":
    case "words":
      return (
        <Choices
          subject={subject}
          choices={choices}
          chosen={chosen}
          one={filter.kind === "flag"}
          open={filter.kind === "words"}
          onPut={put}
        />
      );
  }
}

function OneValue({
  type,
  subject,
  value = "",
  onPut,
}: {
  type: "date" | "number" | "text";
  subject: string;
  value: string | undefined;
  onPut: (words: readonly string[]) => void;
}) {
  const [text, setText] = useState(value);
  return (
    <form
      className="flex gap-2 p-1"
      onSubmit={(event) => {
        event.preventDefault();
        onPut(text.trim() === "" ? [] : [text.trim()]);
      }}
    >
      <Input
        type={type}
        min={type === "number" ? 0 : undefined}
        aria-label={subject}
        value={text}
        onChange={(event) => setText(event.target.value)}
      />
      <Button type="submit">Apply</Button>
    </form>
  );
}

function Choices({
  subject,
  choices,
  chosen,
  one,
  open,
  onPut,
}: {
  subject: string;
  choices: { word: string; shown: string; count: number | undefined }[];
  chosen: readonly string[];
  /** One or the other, never both. */
  one: boolean;
  /** Others than those offered can be typed. */
  open: boolean;
  onPut: (words: readonly string[]) => void;
}) {
  const [typed, setTyped] = useState("");
  const wanted = typed.trim().toLowerCase();
  const found = choices.filter(({ word, shown }) =>
    [word, shown].some((part) => part.toLowerCase().includes(wanted)),
  );
  const toggle = (word: string): void => {
    const others = chosen.filter((other) => other !== word);
    onPut(chosen.includes(word) ? others : one ? [word] : [...others, word]);
  };
  return (
    <>
      {open ? (
        <input
          type="text"
          aria-label={`Find or type ${subject}`}
          placeholder="Find, or type another and press Enter"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          onKeyDown={(event) => {
            if (event.key !== "Enter" || wanted === "") return;
            toggle(found[0]?.word ?? typed.trim());
            setTyped("");
          }}
          className="mb-1 h-8 w-full rounded-sm bg-transparent px-2 outline-none pointer-coarse:h-11"
        />
      ) : null}
      <ul className="max-h-72 overflow-y-auto">
        {found.map(({ word, shown, count }) => (
          <li key={word}>
            <label className="flex h-8 items-center gap-2 rounded-sm px-2 hover:bg-hover pointer-coarse:h-11">
              <input
                type="checkbox"
                checked={chosen.includes(word)}
                onChange={() => toggle(word)}
                className="size-4 accent-[var(--accent)]"
              />
              <span className="flex-1 truncate">{shown}</span>
              {count === undefined ? null : (
                <span className="text-xs text-muted tabular-nums">{formatCount(count)}</span>
              )}
            </label>
          </li>
        ))}
      </ul>
      {found.length === 0 && !open ? (
        <p className="px-2 py-2 text-muted">Nothing to choose.</p>
      ) : null}
    </>
  );
}
