import type { Findings } from "../findings.ts";

const OF_MAIL = /(?:^|[:._-])(?:contact|e-?mail|reply-?to)(?:_data:email|-?address)?$/;
const OF_WORDS = /^(?:og:|twitter:)?(?:description|title)$/;

/** Texts of a page that may hold an address beside the text itself: of its head, and of microdata. */
export const statedTexts = ({ metas, itemprops, title }: Findings): string[] => [
  ...metas
    .filter(
      ({ name, content }) => content.includes("@") && (OF_MAIL.test(name) || OF_WORDS.test(name)),
    )
    .map(({ content }) => content),
  ...itemprops.filter(({ name }) => name === "email").map(({ value }) => value),
  ...(title?.includes("@") ? [title] : []),
];
