"use client";

import { useCommandKey } from "#ui/command-key.ts";
import { Dialog } from "#ui/dialog.tsx";
import { keysInForce } from "./hotkey.ts";
import { KEY_WORDS } from "./key-words.ts";
import { BY_ITSELF, hasMod, KEYS, type KeyName } from "./keys.ts";

const NAMES = Object.keys(KEYS) as KeyName[];

/** Every key there is: those of the page in sight first. */
export function KeysDialog({ open, onClose }: { open: boolean; onClose: () => void }) {
  const inForce = open ? keysInForce() : new Set<KeyName>();
  const isHere = (name: KeyName): boolean => inForce.has(name) || BY_ITSELF.includes(name);
  return (
    <Dialog
      open={open}
      onClose={onClose}
      label="Keys"
      className="m-auto w-[min(26rem,calc(100vw-2rem))] rounded-lg border border-line p-5 shadow-float outline-none"
    >
      <Keys title="Keys of this page" names={NAMES.filter(isHere)} />
      <Keys title="On other pages" names={NAMES.filter((name) => !isHere(name))} />
    </Dialog>
  );
}

const SIGNS: Record<string, string> = { Escape: "Esc" };

function Keys({ title, names }: { title: string; names: KeyName[] }) {
  const command = useCommandKey();
  if (names.length === 0) return null;
  return (
    <section className="not-first:mt-5">
      <h2 className="mb-2 text-base font-medium">{title}</h2>
      <dl className="divide-y divide-line text-sm">
        {names.map((name) => {
          const { key } = KEYS[name];
          const sign = SIGNS[key] ?? key;
          return (
            <div key={name} className="flex items-center justify-between gap-4 py-1.5">
              <dt>{KEY_WORDS[name]}</dt>
              <dd>
                <kbd className="rounded-sm border border-line px-1.5 font-sans text-xs">
                  {hasMod(name)
                    ? `${command} ${sign.length === 1 ? sign.toUpperCase() : sign}`
                    : sign}
                </kbd>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
