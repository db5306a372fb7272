import type { BusinessFacts } from "@scrapersky/outcome";
import type { SitePlace } from "../places/site-places.ts";
import { firstOf, type GatheredPage } from "../site/gathered.ts";
import { CAPS, lineOrNull } from "../text.ts";
import { legalNameOf } from "./legal-name.ts";
import { hasWordsOf, resembles } from "./resembles.ts";

/** What hosts and builders put where a name belongs. */
const NO_NAME =
  /^(?:home(?:page)?|start(?:seite)?|index|welcome|willkommen|accueil|inicio|inicial|strona główna|hem|forside|etusivu|hjem|wordpress|my (?:site|blog|website)|mysite|website|site|untitled|new site|blog|shop|online ?shop|store|just another wordpress site|main|default|meine website|mon site|mi sitio|ホーム|トップページ|homepage|contact|kontakt|about|impressum|page|my wordpress (?:site|blog)|nginx|it works|coming soon|under construction|(?:404|403|500|error|oops)(?:\b.*)?|(?:page |seite )?not found|forbidden|access denied|index of .*|loading)[.!…]*$/i;
const GREETING =
  /^(?:welcome to|home of|willkommen (?:bei(?: der| dem| den)?|in der|im|auf der seite von)|herzlich willkommen (?:bei(?: der| dem)?|im|in der)|bienvenue (?:chez|à|au|sur le site de)|bienvenidos? a|benvenut[io] (?:da|a|al|nel sito di)|bem-vindo (?:à|a|ao)|välkommen till|welkom bij|home [-|:])\s+/i;
const SEPARATOR = /\s*[|•·»›«»‹｜]\s*|\s+[-–—~:]{1,2}\s+|\s*::\s*|:\s+/;
const NAME_CHARS_MAX = 80;

/** Name, kind and registered name: by structured data, else the name for networks, else imprint or title. */
export function businessOf(
  pages: readonly GatheredPage[],
  places: readonly SitePlace[],
  host: string,
): BusinessFacts {
  const kinds = pages
    .map(({ extract }) => extract.structured.businessType)
    .filter((kind) => kind !== null);
  const kind = kinds.find((name) => name !== "LocalBusiness") ?? kinds[0] ?? null;
  const legalName =
    firstOf(pages, ({ extract }) => extract.structured.legalName) ?? legalNameOf(pages, places);
  return { ...nameOf(pages, places, legalName, host), kind, legalName };
}

function nameOf(
  pages: readonly GatheredPage[],
  places: readonly SitePlace[],
  legalName: string | null,
  host: string,
): Pick<BusinessFacts, "name" | "nameFrom"> {
  const label = labelOf(host);
  const stated = firstOf(pages, ({ extract }) => usable(extract.structured.name));
  if (stated !== null) return { name: stated, nameFrom: "json_ld" };
  const titles = pages.map(({ facts }) => facts.title).filter((title) => title !== null);
  const network = firstOf(pages, ({ extract }) =>
    usable(extract.siteName ?? extract.structured.siteName),
  );
  if (network !== null)
    return { name: withoutSlogan(network, [], label) ?? network, nameFrom: "og" };
  const [first = null] = titles;
  const title = first === null ? null : withoutSlogan(first, titles.slice(1), label);
  // a shop goes by the name on its sign, which its address takes up; its owner's firm may be called otherwise
  const isSign =
    title !== null &&
    resembles(label, title) &&
    !(legalName !== null && resembles(label, legalName));
  if (legalName !== null && !isSign) return { name: legalName, nameFrom: "imprint" };
  const bare = title === null ? null : withoutTown(title, places);
  return { name: bare, nameFrom: bare === null ? null : "title" };
}

/** The part of a title that names the business: like the address, or on the other pages as well, else the first. */
function withoutSlogan(title: string, others: readonly string[], label: string): string | null {
  const parts = title
    .split(SEPARATOR)
    .map((part) => part.replace(GREETING, "").replace(/^[\s\-–—|:]+|[\s\-–—|:,!]+$/g, ""))
    .filter((part) => part !== "" && !NO_NAME.test(part));
  if (parts.length === 0) return null;
  const like = parts
    .flatMap(withoutTail(label))
    .filter((part) => part.length <= NAME_CHARS_MAX && resembles(label, part));
  const spelt = like.filter((part) => hasWordsOf(label, part));
  if (like.length > 0)
    return usable(
      (spelt.length > 0 ? spelt : like).reduce((one, other) =>
        other.length < one.length ? other : one,
      ),
    );
  const repeated = parts.find(
    (part) =>
      others.length > 0 &&
      others.filter((other) => other.includes(part)).length * 2 >= others.length,
  );
  return usable(repeated ?? parts[0] ?? null);
}

/** "Garage Dupont, réparation automobile": the words before the comma are the address's. */
const withoutTail =
  (label: string) =>
  (part: string): string[] => {
    const [head = ""] = part.split(", ");
    return head !== part && hasWordsOf(label, head) ? [head] : [part];
  };

/** "Luna Bar, Leeds" where the bar's address is in Leeds. */
function withoutTown(title: string, places: readonly SitePlace[]): string {
  const town = places.find(({ place }) => title.endsWith(`, ${place.town}`))?.place.town;
  return town === undefined ? title : title.slice(0, -town.length - 2);
}

function usable(name: string | null): string | null {
  const bare = lineOrNull(name, CAPS.short);
  return bare === null ||
    NO_NAME.test(bare) ||
    bare.length > NAME_CHARS_MAX ||
    /^https?:|^www\./i.test(bare)
    ? null
    : bare;
}

/** "baeckerei-mueller" of www.baeckerei-mueller.co.uk, whose ending says nothing. */
export function labelOf(host: string): string {
  const labels = host.replace(/^www\./, "").split(".");
  return labels
    .slice(0, Math.max(1, labels.length - 1))
    .reduce((one, other) => (other.length > one.length ? other : one), "");
}
