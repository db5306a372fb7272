import { business } from "../business.ts";
import { modern } from "../skins/handmade.ts";
import { notFound, type Site } from "../site.ts";
import { contentSite, standardPages } from "./content-site.ts";
import { html, simple, troubled } from "./trouble.ts";

/** Asks to wait once, then works. */
export function busyBee(): Site {
  const owner = business({
    host: "busy-bee-cleaning.example",
    name: "Busy Bee Cleaning",
    tagline: "Homes and offices in Omaha",
    description: "House and office cleaning in Omaha, Nebraska.",
    phone: "(402) 555-0163",
    email: "hello@busy-bee-cleaning.example",
    address: {
      street: "5005 Dodge Street",
      city: "Omaha",
      region: "NE",
      postal: "68132",
      country: "US",
    },
    intro: ["We bring our own supplies and our own radio."],
    about: ["Forty cleaners, all employed, all insured."],
    services: [
      { name: "Weekly", text: "The same person every week." },
      { name: "Move-out", text: "Deposit back or we return." },
    ],
  });
  const site = contentSite({
    business: owner,
    skin: modern(),
    pages: standardPages(owner, [], ""),
    expect: {},
  });
  let refused = false;
  return {
    ...site,
    answer(request) {
      if (request.path === "/" && !refused) {
        refused = true;
        return {
          status: 429,
          headers: { "retry-after": "1", "content-type": "text/plain" },
          body: "Slow down, please.",
        };
      }
      return site.answer(request);
    },
  };
}

/** A page with three hundred links, many of them the same page under another address. */
export function manyLinks(): Site {
  const name = "market-street-directory.example";
  const links = Array.from({ length: 300 }, (_, index) => {
    const shop = (index % 120) + 1;
    const suffix = ["", "?utm_source=home&utm_medium=grid", "#map", "/?fbclid=abc"][index % 4];
    return `<li><a href="/shops/shop-${shop}${suffix}">Shop ${shop}</a></li>`;
  }).join("\n");
  return troubled({
    name,
    answer: ({ path }) => {
      if (path === "/")
        return simple(
          "Market Street Directory",
          `<h1>All shops on Market Street</h1><ul>${links}</ul><p>&copy; 2025 Market Street Association, info@${name}</p>`,
        );
      const shop = /^\/shops\/shop-(\d+)/.exec(path)?.[1];
      return shop === undefined
        ? notFound()
        : simple(`Shop ${shop}`, `<h1>Shop ${shop}</h1><p>Open daily. <a href="/">Back</a></p>`);
    },
    expect: { outcome: "done", pages: 10, site: { title: "Market Street Directory" } },
  });
}

/** A home page of more than five megabytes. */
export function hugePage(): Site {
  const name = "county-archive-prints.example";
  const row =
    '<div class="plate"><img src="/plates/small.jpg" alt="Plate"><p>Engraving, hand coloured, about 1840. Ask for the folder and the shelf mark.</p></div>\n';
  const body = `<!doctype html><html lang="en"><head><title>County Archive Prints</title></head><body><h1>Every print we hold</h1><p>Orders: <a href="mailto:prints@${name}">prints@${name}</a></p>${row.repeat(40_000)}</body></html>`;
  return troubled({
    name,
    answer: ({ path }) => (path === "/" ? html(body) : notFound()),
    expect: {
      outcome: "done",
      flags: ["truncated"],
      pages: 1,
      site: { title: "County Archive Prints", emails: [`prints@${name}`] },
    },
  });
}
