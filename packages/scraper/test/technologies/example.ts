import type { TechnologyEvidence } from "@scrapersky/outcome";
import type { HeaderMap } from "../../src/fetch/wire.ts";
import type { Signs } from "../../src/site/rules/rule.ts";

/** A page, or an answer, that shows one product by one kind of sign. */
export interface Example {
  by: keyof Signs;
  where: TechnologyEvidence["where"];
  html: string;
  headers: HeaderMap;
  /** Where it stands. */
  address: string;
  version: string | null;
}

/** Examples of products by their names. */
export type Examples = Readonly<Record<string, readonly Example[]>>;

const HOME = "https://www.nordwind-studio.example/";

const example = (
  by: keyof Signs,
  where: TechnologyEvidence["where"],
  html: string,
  rest: Partial<Example> = {},
): Example => ({ by, where, html, headers: {}, address: HOME, version: null, ...rest });

/** A script, style or frame from the vendor, as its embed code has it. */
export const load = (address: string, version: string | null = null): Example =>
  example("loads", "asset", tagOf(address), { version });

const tagOf = (address: string): string => {
  const written =
    address.includes("://") || address.startsWith("/") ? address : `https://${address}`;
  if (/\.css(?:\?|$)|\/css2?\?/.test(written)) return `<link rel="stylesheet" href="${written}">`;
  if (
    /\.m?js(?:\?|$)|\/js\?|\/sdk\/js|\.php(?:\?|$)/.test(written) &&
    !/embed\/frame/.test(written)
  )
    return `<script async src="${written}"></script>`;
  return `<iframe src="${written}" width="600"></iframe>`;
};

export const script = (address: string): Example =>
  example("loads", "asset", `<script async src="https://${address}"></script>`);

/** The vendor's own loader, which builds the script's tag by itself. */
export const loader = (address: string): Example =>
  example(
    "loads",
    "script",
    `<script>(function(d,s){var j=d.createElement(s);j.async=true;j.src='https://${address}';d.head.appendChild(j)})(document,'script');</script>`,
  );

/** What the vendor's snippet names in an inline script. */
export const word = (code: string): Example =>
  example("words", "script", `<script>\n${code};\n</script>`);

export const id = (text: string): Example =>
  example("ids", "script", `<script>gtag('config', '${text}');</script>`);

export const post = (action: string): Example =>
  example(
    "posts",
    "form",
    `<form action="https://${action}" method="post"><input type="email" name="EMAIL"><button>Send</button></form>`,
  );

export const link = (address: string): Example =>
  example("links", "link", `<p>Come and see us: <a href="https://${address}">here</a></p>`);

export const pixel = (address: string): Example =>
  example(
    "pixels",
    "asset",
    `<noscript><img height="1" width="1" style="display:none" src="https://${address}"></noscript>`,
  );

/** A picture of the site's own content, in a tag or in the data that a page is drawn from. */
export const picture = (address: string): Example =>
  example("media", "asset", `<img src="https://${address}" alt="" loading="lazy">`);

export const data = (json: string): Example =>
  example("media", "script", `<script type="application/json">${json}</script>`);

/** A file of the site itself. */
export const path = (file: string, version: string | null = null): Example =>
  example("paths", "asset", tagOf(file), { version });

export const plugin = (file: string, version: string | null = null): Example =>
  example("plugins", "asset", wordPressFile("plugins", file, version), { version });

export const theme = (file: string, version: string | null = null): Example =>
  example("themes", "asset", wordPressFile("themes", file, version), { version });

const wordPressFile = (folder: string, file: string, version: string | null): string =>
  `<link rel='stylesheet' id='style-css' href='/wp-content/${folder}/${file}/assets/css/style.min.css${version === null ? "" : `?ver=${version}`}' media='all' />`;

/** A script or style of a library, wherever it lies. */
export const file = (address: string, version: string | null = null): Example =>
  example("files", "asset", tagOf(address), { version });

export const mark = (markup: string): Example => example("marks", "html", markup);

export const attribute = (attributes: string): Example =>
  example("attributes", "html", `<div ${attributes}></div>`);

export const meta = (attributes: string): Example =>
  example("metas", "meta", `<meta ${attributes}>`);

export const generator = (content: string, version: string | null = null): Example =>
  example("generators", "meta", `<meta name="generator" content="${content}">`, { version });

export const comment = (text: string, version: string | null = null): Example =>
  example("comments", "html", `<!-- ${text} -->`, { version });

export const header = (name: string, value: string, version: string | null = null): Example =>
  example("headers", "header", "", { headers: { [name]: value }, version });

export const cookie = (text: string): Example =>
  example("cookies", "cookie", "", { headers: { "set-cookie": [`${text}; path=/`] } });

/** A site that lives below the vendor's host. */
export const home = (address: string): Example =>
  example("homes", "asset", "<title>Home</title>", { address: `https://${address}` });
