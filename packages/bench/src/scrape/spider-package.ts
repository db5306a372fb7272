import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FOLDER = join(import.meta.dirname, "../../../../.data/bench-contenders");
export const SPIDER_VERSION = "0.0.157";
const NATIVE = "@spider-rs/spider-rs-linux-x64-gnu";
/** By name, with what the registry has to send. */
const PACKAGES: Record<string, string> = {
  "@spider-rs/spider-rs":
    "sha512-EejkxV3SI8QXWYXYu+33xs/BRqh1zczhYxvhzvlOA+Yf4mby44Ihx1rC9y+xqqc2R8+K+VwLqz8Dkq93I4+T1Q==",
  [NATIVE]:
    "sha512-OjzqSTJg2enQYhDmoig416x0w1zIb4/APuS+m61TIlqJASzsldLJUNJhUhxNJ7Ydgx2IOV5zq8/+v+gRfxpJjw==",
};

/**
 * A folder with spider-rs, which is installed there when it is asked for first: its 30 MB are not to come with every
 * installation of the product. Undefined where it does not run or cannot be had.
 */
export function spiderPackages(): string | undefined {
  if (process.platform !== "linux" || process.arch !== "x64") return undefined;
  const isThere = () => existsSync(join(FOLDER, "node_modules", NATIVE));
  if (isThere()) return FOLDER;
  const version = SPIDER_VERSION;
  const names = Object.keys(PACKAGES);
  const dependencies = Object.fromEntries(names.map((name) => [name, version]));
  const root = { name: "bench-contenders", private: true, dependencies };
  const locked = Object.entries(PACKAGES).map(([name, integrity]) => [
    `node_modules/${name}`,
    { version, integrity },
  ]);
  const packages = { "": root, ...Object.fromEntries(locked) };
  const lock = { name: root.name, lockfileVersion: 3, requires: true, packages };
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, "package.json"), JSON.stringify(root));
  writeFileSync(join(FOLDER, "package-lock.json"), JSON.stringify(lock));
  console.log("Installing spider-rs …");
  const { status } = spawnSync("npm", ["ci", "--no-audit", "--no-fund", "--ignore-scripts"], {
    cwd: FOLDER,
    stdio: ["ignore", "ignore", "inherit"],
  });
  return status === 0 && isThere() ? FOLDER : undefined;
}
