// The wall before names that say nothing: whatever is put into such a file belongs somewhere else.
import type { Refusal } from "./tree.ts";

const SOURCE = /^(apps|packages)\/.+\.(ts|tsx|mjs)$/;
const FOLDERS = /\/(utils?|helpers?|common|misc)\//;
const WORDS = /(^|[-.])(utils?|helpers?|misc|managers?|enhanced)([-.]|$)/;
/** A rule is a file named after its verb: what is beside verbs gathers them again. */
const BESIDE_VERBS = /\.services?\.[a-z]+$/;

export function findEmptyNames(paths: string[]): Refusal[] {
  return paths
    .filter((path) => SOURCE.test(path))
    .filter((path) => {
      const name = path.slice(path.lastIndexOf("/") + 1);
      return FOLDERS.test(path) || WORDS.test(name) || BESIDE_VERBS.test(name);
    })
    .map((path) => ({
      path,
      message: "A name that says nothing of what is inside: name a file after its verb or noun.",
    }));
}
