import type { Page } from "playwright-core";

/** What a browser saw of a page, in milliseconds. */
export interface Loading {
  ttfbMs: number;
  lcpMs: number;
  /** How far what was there already moved: the layout shift score, without a unit. */
  cls: number;
}

/** In the page before anything else: the browser's own observers, as web-vitals has them. */
const WATCH = `
  globalThis.__watched = { lcp: 0, cls: 0, events: [] };
  const watch = (type, take, more) =>
    new PerformanceObserver((list) => list.getEntries().forEach(take))
      .observe({ type, buffered: true, ...more });
  watch("largest-contentful-paint", ({ startTime }) => (__watched.lcp = startTime));
  watch("layout-shift", ({ value, hadRecentInput }) => hadRecentInput || (__watched.cls += value));
  watch("event", ({ interactionId, duration }) => interactionId && __watched.events.push(duration), { durationThreshold: 16 });
`;

export const watchPage = async (page: Page): Promise<void> =>
  void (await page.addInitScript(WATCH));

export const readLoading = (page: Page): Promise<Loading> =>
  page.evaluate<Loading>(`({
    ttfbMs: performance.getEntriesByType("navigation")[0].responseStart,
    lcpMs: __watched.lcp,
    cls: __watched.cls,
  })`);

/** The longest time from a press to the picture that answers it; what took less than 16 ms is not told by browsers. */
export async function timeInteraction(page: Page, act: () => Promise<unknown>): Promise<number> {
  await page.evaluate("void (__watched.events.length = 0)");
  await act();
  return page.evaluate<number>(`new Promise((resolve) =>
    requestAnimationFrame(() => setTimeout(() => resolve(Math.max(16, ...__watched.events)), 120)))`);
}
