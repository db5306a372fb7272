import { clsx } from "clsx";
import { Glyph } from "./glyph.tsx";
import { readableUrl, safeHttpUrl } from "#format/url.ts";

/** An address from a scraped site: a link only when it is http(s), text otherwise; the site never learns where the reader came from. */
export function ExternalLink({
  href,
  text,
  className,
}: {
  href: string;
  text?: string;
  className?: string;
}) {
  const safe = safeHttpUrl(href);
  const words = text ?? readableUrl(href);
  if (safe === null) return <span className={clsx("break-all", className)}>{words}</span>;
  return (
    <a
      href={safe}
      target="_blank"
      rel="noopener noreferrer"
      className={clsx(
        "relative z-1 break-words text-accent-text underline decoration-line-strong underline-offset-2 hover:decoration-current",
        className,
      )}
    >
      {words}
      <Glyph of="away" className="ml-0.5 inline size-3 align-baseline text-muted" />
      <span className="sr-only"> (opens a new tab)</span>
    </a>
  );
}
