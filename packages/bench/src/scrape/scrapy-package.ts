import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { measured } from "../env.ts";

const DEBIANS = "/usr/bin/python3";
/** The one that packages of the system are installed for; another may stand before it in the path. */
export const PYTHON = existsSync(DEBIANS) ? DEBIANS : "python3";

const isThere = (): boolean =>
  spawnSync(PYTHON, ["-c", "import scrapy"], { stdio: "ignore" }).status === 0;

/** Whether Scrapy is there. On a Debian on which this process may install packages, it installs it. */
export function hasScrapy(): boolean {
  if (isThere()) return true;
  if (process.getuid?.() !== 0 || !existsSync("/etc/debian_version")) return false;
  console.log("Installing python3-scrapy …");
  const install = ["install", "-y", "--no-install-recommends", "python3-scrapy"];
  const env = { ...measured, DEBIAN_FRONTEND: "noninteractive" };
  const isInstalled = () =>
    spawnSync("apt-get", install, { stdio: ["ignore", "ignore", "inherit"], env }).status === 0;
  if (!isInstalled()) {
    spawnSync("apt-get", ["update"], { stdio: "ignore", env });
    isInstalled();
  }
  return isThere();
}
