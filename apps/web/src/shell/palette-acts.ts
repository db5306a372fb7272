"use client";

import { adminPlacesOf } from "#admin/admin-places.ts";
import { keysInForce, pressKey } from "./hotkey.ts";
import { KEY_WORDS } from "./key-words.ts";
import { KEYS, type KeyName } from "./keys.ts";
import { useMe, usePath, usePlaces } from "./me.tsx";
import type { Choice, ChoiceGroup } from "./palette-choice.ts";
import { recentPlaces } from "./recent-places.ts";
import { useZone } from "./zone-context.tsx";

/** Keys that are acts by themselves; the others move between rows. */
const ACTS = ["again", "export", "search", "help"] as const satisfies readonly KeyName[];

/** What the palette offers without asking the api: where somebody was, every page and act that is theirs. */
export const usePaletteActs = (): ChoiceGroup[] => {
  const { permissions, tenant, tenants } = useMe();
  const places = usePlaces();
  const path = usePath();
  const { zone, own, choose } = useZone();
  const inForce = keysInForce();
  const may = (permission: (typeof permissions)[number]): boolean =>
    permissions.includes(permission);
  const pages: Choice[] = [
    ...places.map(({ label, path: below }) => ({ label, href: path(below) })),
    ...adminPlacesOf(permissions).map(({ label, href }) => ({ label, href })),
  ];
  const acts: (Choice | false)[] = [
    may("batches:create") && { label: "New batch", href: path("/batches/new") },
    may("jobs:read") && { label: "Failed jobs", href: path("/jobs?status=failed") },
    may("batches:read") && { label: "Running batches", href: path("/batches?status=running") },
    ...ACTS.map(
      (name): Choice | false =>
        inForce.has(name) && {
          label: KEY_WORDS[name],
          note: KEYS[name].key,
          run: () => pressKey(name),
        },
    ),
    ...tenants.map(
      ({ id, slug, name }): Choice | false =>
        id !== tenant.id && { label: `Switch to ${name}`, href: `/t/${slug}` },
    ),
    zone.isChosen && { label: `Times of ${own ?? "this place"}`, run: () => choose(null) },
    zone.name !== "UTC" && { label: "Times in UTC", run: () => choose("UTC") },
    { label: "Your account", href: path("/account") },
    { label: "API reference", href: path("/reference") },
    { label: "Sign out", run: () => void import("./sign-out.ts").then(({ signOut }) => signOut()) },
  ];
  return [
    { title: "Recent", choices: recentPlaces(tenant.slug) },
    { title: "Pages", choices: pages },
    { title: "Actions", choices: acts.filter((act) => act !== false) },
  ];
};
