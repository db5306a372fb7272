import type { TechnologyCategory } from "@scrapersky/outcome";

/**
 * How technologies show themselves. Written by hand from what their own pages and headers look like; a word in a page's
 * text is never enough. `asset` is searched in addresses of scripts, styles and media, `generator` in the generator
 * meta, `header` as "name: value" in lower case, `mark` among inline-script markers, `class` among class and id values.
 * A version comes from the first group of `version`, tried on what matched.
 */
export interface Rule {
  name: string;
  category: TechnologyCategory;
  asset?: readonly string[];
  generator?: RegExp;
  header?: RegExp;
  mark?: string;
  class?: RegExp;
  /** Read from the asset address that matched. */
  version?: RegExp;
  /** Technologies this one cannot be without. */
  implies?: readonly string[];
}

/** The version WordPress and its plugins put behind their assets. */
export const VER = /[?&]ver=(\d+(?:\.\d+){1,3})/;
