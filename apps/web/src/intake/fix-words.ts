const REMOVED = " removed";
const NAMED: Record<string, string> = {
  scheme: "https://",
  path: "paths",
  slash: "slashes",
  port: "ports",
};
const TOLD_MAX = 4;

const joined = new Intl.ListFormat("en-GB", { type: "conjunction" });

/** What was cleaned away in all of these notes, in one line: "https://, www. and paths removed; lower case". */
export const fixWords = (notes: Iterable<string>): string => {
  const counts = new Map<string, number>();
  for (const note of notes) {
    for (const change of note.split(", ")) counts.set(change, (counts.get(change) ?? 0) + 1);
  }
  const changes = [...counts]
    .toSorted((a, b) => b[1] - a[1])
    .slice(0, TOLD_MAX)
    .map(([change]) => change);
  const removed = changes
    .filter((change) => change.endsWith(REMOVED))
    .map((change) => change.slice(0, -REMOVED.length))
    .map((what) => NAMED[what] ?? what);
  const others = changes.filter((change) => !change.endsWith(REMOVED));
  return [...(removed.length > 0 ? [`${joined.format(removed)} removed`] : []), ...others].join(
    "; ",
  );
};
