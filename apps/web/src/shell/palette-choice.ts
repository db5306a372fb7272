import type { ReactNode } from "react";

/** Something that the palette offers: a page to go to, or an act. */
export interface Choice {
  label: string;
  /** What tells it from others of its name. */
  note?: ReactNode;
  href?: string;
  run?: () => void;
}

export interface ChoiceGroup {
  title: string;
  choices: Choice[];
}

/** Choices in whose name every word of a text begins a word; all of them for no text. */
export const matching = (choices: Choice[], text: string): Choice[] => {
  const wanted = wordsOf(text);
  return choices.filter(({ label }) => {
    const words = wordsOf(label);
    return wanted.every((want) => words.some((word) => word.startsWith(want)));
  });
};

const wordsOf = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean);
