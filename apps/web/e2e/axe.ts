// What axe finds wrong with a page or a part of it, in both themes and at every width that people have.
import axe from "axe-core";
import type { Page } from "playwright-core";
import { OPENED } from "./openings.ts";

/** Two of phones, and one of each range in which pages are laid out in their own way. */
const WIDTHS = [1920, 1440, 1024, 768, 360, 320];
/** Where most is seen, and where least is. */
const ENDS = [1920, 320];
/** From here on there is room beside a list. */
const WIDE_FROM = 1024;
const HEIGHT = 740;

/** Colours are those of the theme, whatever the width. */
const COLOURS = ["color-contrast", "link-in-text-block"];
const BUT_COLOURS = Object.fromEntries(COLOURS.map((rule) => [rule, { enabled: false }]));

declare global {
  interface Window {
    axe: typeof axe;
    /** Elements whose colours were looked at in both themes. */
    judged?: WeakSet<Element>;
  }
}

interface Question {
  rules: "all" | "all but colours" | "colours";
  /** Whether it is of what was not in sight at a width before. */
  fresh?: true;
}

/** One line a fault. */
const ask = (page: Page, question: Question, within: string): Promise<string[]> =>
  page.evaluate(
    async ({ rules, fresh, part, colours, butColours }) => {
      // Half-way through an animation every contrast is too low.
      await Promise.allSettled(document.getAnimations().map(({ finished }) => finished));
      const { judged } = window;
      const shown = [...document.querySelectorAll(`:is(${part}), :is(${part}) *`)].filter(
        (each) => each.checkVisibility() && judged?.has(each) !== true,
      );
      // Of a page without a part that is meant there are faults of the document itself.
      const whole = part === "body" ? document : { include: [...document.querySelectorAll(part)] };
      // What is open may have closed since it was asked for.
      if ((fresh || part !== "body") && shown.length === 0) return [];
      const { violations } = await window.axe.run(fresh ? { include: shown } : whole, {
        resultTypes: ["violations"],
        ...(rules === "colours" && { runOnly: { type: "rule", values: colours } }),
        ...(rules === "all but colours" && { rules: butColours }),
      });
      return violations.map(
        ({ id, nodes }) => `${id} ${nodes.map(({ target }) => target.join(" ")).join(" | ")}`,
      );
    },
    { ...question, part: within, colours: COLOURS, butColours: BUT_COLOURS },
  );

/** What is in sight was looked at from now on. */
const judgeShown = (page: Page): Promise<void> =>
  page.evaluate(() => {
    const judged = (window.judged ??= new WeakSet());
    for (const each of document.querySelectorAll("body *")) {
      if (each.checkVisibility()) judged.add(each);
    }
  });

const prepare = async (page: Page): Promise<void> => {
  if (!(await page.evaluate(() => "axe" in window))) await page.evaluate(axe.source);
};

/**
 * What is wrong with a page at every width. At both ends all rules are asked; in between all but those of colours, which take
 * most of the time, and these of what is seen there alone.
 */
export const lookAtPage = async (page: Page, name: string): Promise<string[]> => {
  await prepare(page);
  const found: string[] = [];
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 });
    const drawn = await page.evaluate(() => document.documentElement.scrollWidth);
    if (drawn > width) found.push(`${name}, ${width} px: ${drawn} px wide`);
    const take = async (theme: "light" | "dark", question: Question): Promise<void> => {
      await page.emulateMedia({ colorScheme: theme });
      const faults = await ask(page, question, "body");
      found.push(...faults.map((fault) => `${name}, ${width} px, ${theme}: ${fault}`));
    };
    if (ENDS.includes(width)) {
      await take("light", { rules: "all" });
      await take("dark", { rules: "colours" });
    } else {
      await take("light", { rules: "all but colours" });
      await take("light", { rules: "colours", fresh: true });
      await take("dark", { rules: "colours", fresh: true });
    }
    await judgeShown(page);
  }
  return found;
};

/** Where the last that opened stands once the page has taken the width that it was given; none where that has closed it. */
const boxOfOpened = (page: Page) =>
  page.evaluate(async (opened) => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    return [...document.querySelectorAll(opened)]
      .filter((each) => each.checkVisibility())
      .at(-1)
      ?.getBoundingClientRect()
      .toJSON() as DOMRect | undefined;
  }, OPENED);

/** What is wrong with a window or a menu that is open, as long as other widths leave it open; at each it stands in the page. */
export const lookAtOpened = async (
  page: Page,
  name: string,
  { wide = false }: { wide?: boolean },
): Promise<string[]> => {
  await prepare(page);
  const found: string[] = [];
  for (const width of WIDTHS.toReversed()) {
    if (wide && width < WIDE_FROM) continue;
    await page.setViewportSize({ width, height: HEIGHT });
    const box = await boxOfOpened(page);
    const isFirst = width === (wide ? WIDE_FROM : WIDTHS.at(-1));
    if (box === undefined) {
      if (isFirst) found.push(`${name}, ${width} px: nothing is open`);
      // Another width has closed it.
      break;
    }
    if (box.left < 0 || box.right > width || box.height > HEIGHT) {
      found.push(`${name}, ${width} px: ${JSON.stringify(box)}`);
    }
    const faults = await ask(page, { rules: isFirst ? "all" : "all but colours" }, OPENED);
    found.push(...faults.map((fault) => `${name}, ${width} px: ${fault}`));
    if (!isFirst) continue;
    await page.emulateMedia({ colorScheme: "dark" });
    const inDark = await ask(page, { rules: "colours" }, OPENED);
    found.push(...inDark.map((fault) => `${name}, ${width} px, dark: ${fault}`));
    await page.emulateMedia({ colorScheme: "light" });
  }
  return found;
};
