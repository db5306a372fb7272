"use client";

import { clsx } from "clsx";
import { useRouter } from "next/navigation";
import { useId, useState, type KeyboardEvent } from "react";
import { Dialog } from "#ui/dialog.tsx";
import { useMe, usePath, usePlaces } from "./me.tsx";
import type { Place } from "./navigation.ts";

interface Choice {
  label: string;
  note?: string;
  href: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What a text can mean: an id of three kinds of things, part of a page's name, or the start of a domain. */
const choicesFor = (
  text: string,
  places: Place[],
  permissions: string[],
  path: (below: string) => string,
): Choice[] => {
  const wanted = text.trim().toLowerCase();
  if (UUID.test(wanted)) {
    return [
      { label: "Open the batch", note: wanted, href: path(`/batches/${wanted}`) },
      { label: "Open the job", note: wanted, href: path(`/jobs/${wanted}`) },
      { label: "Open the domain", note: wanted, href: path(`/domains/${wanted}`) },
    ];
  }
  const pages: Choice[] = places.map(({ label, path: below }) => ({ label, href: path(below) }));
  if (permissions.includes("batches:create")) {
    pages.push({ label: "New batch", href: path("/batches/new") });
  }
  pages.push({
    label: "Failed jobs",
    href: path("/jobs?status=failed"),
  });
  const found = pages.filter(({ label }) => label.toLowerCase().includes(wanted));
  if (wanted === "") return found;
  return [
    ...found,
    {
      label: "Jobs of domains starting with",
      note: wanted,
      href: path(`/jobs?q=${encodeURIComponent(wanted)}`),
    },
  ];
};

/** One field that goes anywhere: type a page, paste an id, or start a domain name. */
export function Palette({ open, onClose }: { open: boolean; onClose: () => void }) {
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label="Go to"
      className="mx-auto mt-[12dvh] w-[min(34rem,calc(100vw-2rem))] overflow-hidden rounded-lg border border-line shadow-float"
    >
      <PaletteBody onClose={onClose} />
    </Dialog>
  );
}

function PaletteBody({ onClose }: { onClose: () => void }) {
  const { permissions } = useMe();
  const places = usePlaces();
  const path = usePath();
  const router = useRouter();
  const [text, setText] = useState("");
  const [at, setAt] = useState(0);
  const listId = useId();
  const choices = choicesFor(text, places, permissions, path);

  const go = (choice: Choice | undefined): void => {
    if (choice === undefined) return;
    onClose();
    router.push(choice.href);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0 && choices.length > 0) {
      event.preventDefault();
      setAt((at + step + choices.length) % choices.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      go(choices[at]);
    }
  };
  return (
    <>
      <input
        autoFocus
        role="combobox"
        aria-expanded
        aria-controls={listId}
        aria-activedescendant={choices.length === 0 ? undefined : `${listId}-${at}`}
        aria-label="Go to"
        placeholder="Type a page, paste an id, or start a domain name"
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={onKeyDown}
        className="h-12 w-full border-b border-line bg-transparent px-4 text-base outline-none"
      />
      <ul id={listId} role="listbox" aria-label="Places" className="max-h-80 overflow-y-auto p-1">
        {choices.map((choice, index) => (
          <li
            key={choice.href}
            id={`${listId}-${index}`}
            role="option"
            aria-selected={index === at}
            onClick={() => go(choice)}
            onMouseMove={() => setAt(index)}
            className={clsx(
              "flex h-9 cursor-pointer items-center gap-2 rounded-md px-3 text-sm pointer-coarse:h-11",
              index === at && "bg-hover",
            )}
          >
            {choice.label}
            {choice.note === undefined ? null : (
              <span className="figures truncate text-muted">{choice.note}</span>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}
