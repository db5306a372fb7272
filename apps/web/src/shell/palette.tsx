"use client";

import { useRouter } from "next/navigation";
import { type ClipboardEvent, type KeyboardEvent, useEffect, useId, useState } from "react";
import { Dialog } from "#ui/dialog.tsx";
import { namesOneThing, ownPage } from "./direct-text.ts";
import { useMay, usePath } from "./me.tsx";
import { usePaletteActs } from "./palette-acts.ts";
import { type Choice, matching } from "./palette-choice.ts";
import { directHref, hitGroups } from "./palette-hits.ts";
import { PaletteList } from "./palette-list.tsx";
import { PaletteState } from "./palette-state.tsx";
import { useSearch } from "./use-search.ts";

/** One field that finds anything and goes there: a page, an act, a batch, a business, an address, a number, an id. */
export function Palette({
  open,
  pasted,
  onClose,
}: {
  open: boolean;
  /** What somebody pasted into the page, to begin with. */
  pasted: string;
  onClose: () => void;
}) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label="Go to"
      className="mx-auto mt-[12dvh] w-[min(38rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line shadow-float"
    >
      <PaletteBody pasted={pasted} onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ pasted, onClose }: { pasted: string; onClose: () => void }) {
  const path = usePath();
  const router = useRouter();
  const mayReadContacts = useMay("contacts:read");
  const [typed, setTyped] = useState(pasted);
  const [at, setAt] = useState(0);
  const [straight, setStraight] = useState(pasted !== "");
  // Enter is pressed before the answer is there: it goes to the first thing found.
  const [isGoing, setGoing] = useState(false);
  const listId = useId();
  const { text, answer, isAsking, error, again } = useSearch(typed, straight);
  const own = ownPage(text, location.origin);
  const groups = [
    {
      title: "This address",
      choices: own === undefined ? [] : [{ label: "Open the page", note: own, href: own }],
    },
    ...usePaletteActs().map(({ title, choices }) => ({ title, choices: matching(choices, text) })),
    ...(answer === undefined ? [] : hitGroups(answer, text, path)),
  ].filter(({ choices }) => choices.length > 0);
  const choices = groups.flatMap((group) => group.choices);
  const first = choices[0];

  const go = ({ href, run }: Choice): void => {
    onClose();
    if (href !== undefined) router.push(href);
    // The dialog gives the focus back first.
    else if (run !== undefined) setTimeout(run);
  };
  const direct = own ?? (answer && directHref(answer, path));
  useEffect(() => {
    if (straight && direct !== undefined) go({ label: "", href: direct });
    else if (isGoing && !isAsking && first !== undefined) go(first);
  });
  const type = (next: string, isPasted: boolean): void => {
    setTyped(next);
    setAt(0);
    setStraight(isPasted);
    setGoing(false);
  };
  const onPaste = (event: ClipboardEvent): void => {
    const given = event.clipboardData.getData("text/plain").trim();
    if (!namesOneThing(given)) return;
    event.preventDefault();
    type(given, true);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && choices.length > 0) {
      event.preventDefault();
      setAt((at + step + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const choice = choices[at];
      if (choice !== undefined) go(choice);
      else if (isAsking) setGoing(true);
      else if (error !== null) again();
    }
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        aria-expanded={choices.length > 0}
        aria-controls={listId}
        aria-activedescendant={choices.length === 0 ? undefined : `${listId}-${at}`}
        aria-label="Go to"
        placeholder={
          mayReadContacts
            ? "A batch, business, domain, e-mail, number, page, id…"
            : "A batch, business, domain, page, id…"
        }
        dir="auto"
        autoComplete="off"
        spellCheck={false}
        value={typed}
        onChange={(event) => type(event.target.value, false)}
        onPaste={onPaste}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
      />
      <PaletteList id={listId} groups={groups} at={at} onPoint={setAt} onChoose={go} />
      <PaletteState
        text={text}
        found={choices.length}
        isAsking={isAsking}
        error={error}
        onAgain={again}
      />
    </>
  );
}
