import { existsSync } from "node:fs";
import { chromium, type Browser } from "playwright-core";
import { askForBundledLibraries, browserOverride, bundledBrowserEnv } from "./env.ts";

/** Where a Chromium lies, and whether it needs the libraries it brought along. */
export interface FoundBrowser {
  path: string;
  bundled: boolean;
}

const INSTALLED = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
];

/** No call home, no updates: a test browser talks to loopback only. */
const QUIET = [
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-quic",
  "--no-first-run",
];

/** An installed Chromium, else the one from npm, else why there is none. */
export const findBrowser = async (): Promise<FoundBrowser | { missing: string }> => {
  const installed = [browserOverride, ...INSTALLED].find(
    (path) => path !== undefined && existsSync(path),
  );
  if (installed !== undefined) return { path: installed, bundled: false };
  if (process.platform !== "linux") {
    return { missing: "no Chromium is installed, and the one from npm runs on Linux only" };
  }
  try {
    askForBundledLibraries();
    const { default: bundled } = await import("@sparticuz/chromium");
    return { path: await bundled.executablePath(), bundled: true };
  } catch (error) {
    return { missing: `the Chromium from npm could not be unpacked: ${String(error)}` };
  }
};

export const launch = ({ path, bundled }: FoundBrowser): Promise<Browser> =>
  chromium.launch({
    executablePath: path,
    chromiumSandbox: false,
    args: QUIET,
    ...(bundled ? { env: bundledBrowserEnv() as Record<string, string> } : {}),
  });

/** Paths of the scripts that a page's HTML names, in its tags or for the hydration of its parts. */
export const scriptsOf = (html: string): Set<string> =>
  new Set(html.match(/\/_next\/static\/chunks\/[\w.-]+\.js/g));
