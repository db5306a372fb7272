"use client";

import { Menu } from "#ui/menu.tsx";
import { pressKey } from "./hotkey.ts";
import { KEY_WORDS } from "./key-words.ts";
import { useMe, usePath } from "./me.tsx";
import { signOut } from "./sign-out.ts";
import { useZone } from "./zone-context.tsx";

const initialsOf = (text: string): string =>
  text
    .split(/[\s@.]+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");

/** Who is signed in, and the way out. */
export function UserMenu() {
  const { name, email, role } = useMe();
  const { zone, own, choose } = useZone();
  const path = usePath();
  const shown = name ?? email ?? "Signed in";
  return (
    <Menu
      heading={
        <>
          <p className="truncate font-medium">{shown}</p>
          {email === null || email === shown ? null : (
            <p className="truncate text-muted">{email}</p>
          )}
          <p className="mt-1 text-xs text-muted">Role here: {role}</p>
        </>
      }
      label="Account"
      triggerClass="inline-flex size-8 items-center justify-center rounded-full pointer-coarse:size-11"
      trigger={
        <>
          <span
            aria-hidden
            className="inline-flex size-8 items-center justify-center rounded-full bg-press text-2xs font-semibold"
          >
            {initialsOf(shown)}
          </span>
          <span className="sr-only">Account of {shown}</span>
        </>
      }
      entries={[
        {
          key: "account",
          label: "Your account",
          href: path("/account"),
        },
        {
          key: "own",
          label: `Times of ${own ?? "this place"}`,
          chosen: !zone.isChosen,
          onSelect: () => choose(null),
        },
        // Whose own is UTC has no other to choose.
        ...(own === "UTC"
          ? []
          : [
              {
                key: "utc",
                label: "Times in UTC",
                chosen: zone.isChosen && zone.name === "UTC",
                onSelect: () => choose("UTC"),
              },
            ]),
        { key: "keys", label: KEY_WORDS.help, onSelect: () => pressKey("help") },
        { key: "out", label: "Sign out", onSelect: () => void signOut() },
      ]}
    />
  );
}
