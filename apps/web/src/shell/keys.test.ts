import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { hasMod, isKey, KEYS, type KeyName } from "./keys.ts";

const root = join(import.meta.dirname, "..");
const sources = readdirSync(root, { recursive: true, encoding: "utf8" })
  .filter((path) => /\.tsx?$/.test(path) && !path.includes(".test."))
  .map((path) => ({ path, text: readFileSync(join(root, path), "utf8") }));

/** What declares a key outside of the registry: a letter that is compared, a shortcut that is written out, ears of one's own. */
const strayKeys = ({ path, text }: { path: string; text: string }): string[] =>
  [
    /\.key(?:\.toLowerCase\(\))? [!=]== "."/g,
    /aria-keyshortcuts="/g,
    ...(path === "shell/hotkeys.tsx"
      ? []
      : [/(?<!\.)\baddEventListener\("key\w+", (?!onEscape|hide)/g]),
  ].flatMap((pattern) => (text.match(pattern) ?? []).map((found) => `${path}: ${found}`));

it("declares each key in the registry and nowhere else", () => {
  expect(sources.length).toBeGreaterThan(100);
  expect(sources.flatMap(strayKeys)).toEqual([]);
  expect(
    strayKeys({
      path: "a/planted.tsx",
      text: 'event.key === "q"; event.key.toLowerCase() !== "k"; addEventListener("keydown", onKey)',
    }),
  ).toHaveLength(3);
});

it("has each key used, and no two for one press", () => {
  const names = Object.keys(KEYS) as KeyName[];
  const presses = names.map((name) => `${hasMod(name)} ${KEYS[name].key}`);
  expect(new Set(presses).size).toBe(names.length);
  const used = sources.map(({ text }) => text).join("\n");
  const byBrowser = ["open", "close"];
  expect(
    names.filter(
      (name) =>
        !byBrowser.includes(name) &&
        !new RegExp(`(?:useHotkey\\(\\s*|hotkey=)"${name}"`).test(used),
    ),
  ).toEqual([]);
});

it("tells ⌘ and Ctrl from the bare key", () => {
  const pressed = { key: "k", metaKey: false, ctrlKey: false, altKey: false };
  expect(isKey(pressed, "rowBefore")).toBe(true);
  expect(isKey(pressed, "palette")).toBe(false);
  expect(isKey({ ...pressed, ctrlKey: true }, "palette")).toBe(true);
  expect(isKey({ ...pressed, key: "K", metaKey: true }, "palette")).toBe(true);
  expect(isKey({ ...pressed, metaKey: true }, "rowBefore")).toBe(false);
  expect(isKey({ ...pressed, altKey: true }, "rowBefore")).toBe(false);
});
