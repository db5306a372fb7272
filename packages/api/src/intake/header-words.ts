/**
 * How much a column's name says that web sites stand in it. By words, as every program and language has
 * wordings of its own; words that name something else of a site weigh against it.
 */

const MARKS = /[\u0300-\u036f]/g;
const SURE =
  words(`domain domains domaine domaines dominio dominios domini domäne domänen domein domeinnaam domena domény doména
  domainname websitename website websites webseite webseiten webadresse webadressen webauftritt internetseite internetadresse
  internetauftritt webpage webpages websida webbplats webbsida webside webstek nettside nettsted hjemmeside hemsida kotisivu kotisivut
  verkkosivu verkkosivut weboldal honlap websajt vebsajt sitio sito homepage homepages
  сайт веб-сайт вебсайт домен ιστοσελίδα ιστοτοπος ιστότοπος 网站 網站 网址 網址 域名 官网 官網 ホームページ ウェブサイト サイト ドメイン
  웹사이트 홈페이지 도메인 موقع الموقع אתר दोमेन वेबसाइट เว็บไซต์ situs laman`);
const LIKELY = words(
  "url urls uri weburl siteurl pagina stránka stránky strona трасса адрес сторінка",
);
const MAYBE = words(
  "web www site sites link links host hosts hostname internet online href address",
);
const PHRASES =
  /\b(?:home ?page|site (?:web|internet)|sitio web|sito (?:web|internet)|web ?sites?|web ?site|pagina web|page web|strona (?:www|internetowa)|web (?:sitesi|adresi|adresse|address|page|site)|trang web|situs web|domain ?name|nom de domaine|nombre de dominio|nome (?:a )?dominio|www adresse?)\b/u;
/** Names of what is not the business' own site, or of what is said about a site. */
const OTHER =
  words(`facebook linkedin instagram twitter x youtube tiktok xing pinterest yelp maps map google image images logo photo picture
  avatar favicon id ids status rank ranking authority date created updated count number visits traffic title description source
  referrer referer registrar provider hoster hosting tracking utm email emails mail mails phone tel fax score type category technologies technology
  language country owner`);

/** 3 for a sure name, 2 and 1 for weaker ones, 0 for one that says nothing, negative for something else. */
export function scoreHeader(name: string): number {
  const plain = wordsOf(name);
  if (plain.length === 0 || plain.length > 6) return 0;
  const phrase = plain.join(" ");
  let score = PHRASES.test(phrase) ? 3 : 0;
  for (const word of plain) {
    if (SURE.has(word)) score = Math.max(score, 3);
    else if (LIKELY.has(word)) score = Math.max(score, 2);
    else if (MAYBE.has(word)) score = Math.max(score, 1);
  }
  return plain.some((word) => OTHER.has(word)) ? Math.min(score - 3, -1) : score;
}

/** Whether the name says that e-mail addresses stand below it. */
export const namesMail = (name: string): boolean =>
  /\b(?:e ?-?mails?|mails?|mailadresse|courriel|correo|posta|邮箱|メール|почта)\b/u.test(
    wordsOf(name).join(" "),
  ) || /邮箱|邮件|メール|이메일|почта/u.test(name);

function wordsOf(name: string): string[] {
  return name
    .slice(0, 100)
    .replace(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .normalize("NFKD")
    .replace(MARKS, "")
    .normalize("NFC")
    .split(/[^\p{L}\p{M}\p{N}]+/u)
    .filter((word) => word !== "");
}

function words(list: string): Set<string> {
  return new Set(list.split(/\s+/).flatMap(wordsOf));
}
