import { type Extract, extract } from "../src/extract/extract.ts";
import { DigitLines } from "../src/extract/digit-lines.ts";
import { LinkBook } from "../src/extract/link-book.ts";
import { SiteTraces } from "../src/extract/site-traces.ts";

export interface Read extends Extract {
  traces: SiteTraces;
}

/** One page of HTML on its own. */
export function read(html: string, address = "https://one.example/"): Read {
  const url = new URL(address);
  const traces = new SiteTraces();
  return {
    ...extract(html, url, {
      traces,
      links: new LinkBook(url.hostname),
      digits: new DigitLines(),
      thisYear: 2026,
    }),
    traces,
  };
}
