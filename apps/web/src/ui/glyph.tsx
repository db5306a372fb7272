import { clsx } from "clsx";

/** On a grid of 16 by 16. */
const LINES = {
  away: "m4.5 11.5 7-7m-6 0h6v6",
  back: "M10 3.5 5.5 8l4.5 4.5",
  check: "m3 8.5 3.2 3.2L13 4.8",
  copy: "M5.75 5.75h8v8h-8zM10.5 3.25v-1H2.25v8.25h1",
  down: "M8 2.5v11M12.5 9 8 13.5 3.5 9",
  menu: "M2.5 4h11m-11 4h11m-11 4h11",
  search: "m14 14-3.4-3.4M12 7A5 5 0 1 1 2 7a5 5 0 0 1 10 0Z",
};

/** The pictures that first paints need and rows repeat: a path each, where a library's weigh 2 kB before the first of them. */
export function Glyph({ of, className }: { of: keyof typeof LINES; className?: string }) {
  return (
    <svg
      aria-hidden
      viewBox="0 0 16 16"
      fill="none"
      stroke="currentColor"
      strokeWidth={1.35}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={clsx("shrink-0", className)}
    >
      <path d={LINES[of]} />
    </svg>
  );
}
