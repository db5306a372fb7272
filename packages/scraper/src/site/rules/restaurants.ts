import { products } from "./rule.ts";

const on = (hosts: readonly string[], path: string): string[] =>
  hosts.map((host) => `${host}/${path}`);

const OPENTABLE = [
  "opentable.com",
  "opentable.co.uk",
  "opentable.de",
  "opentable.ca",
  "opentable.com.au",
  "opentable.com.mx",
  "opentable.es",
  "opentable.fr",
  "opentable.it",
  "opentable.jp",
];
const QUANDOO = [
  "quandoo.de",
  "quandoo.at",
  "quandoo.ch",
  "quandoo.it",
  "quandoo.co.uk",
  "quandoo.com.au",
];
const SEVENROOMS = ["sevenrooms.com", "eu.sevenrooms.com"];
const DELIVEROO = [
  "deliveroo.co.uk",
  "deliveroo.fr",
  "deliveroo.it",
  "deliveroo.ie",
  "deliveroo.be",
];

export const TABLES = products("Table booking", {
  OpenTable: {
    loads: on(OPENTABLE, "widget"),
    links: [
      ...on(OPENTABLE, "r/*"),
      ...on(OPENTABLE, "restref/client"),
      ...on(OPENTABLE, "restaurant/profile/*"),
    ],
  },
  Resy: { loads: ["widgets.resy.com"], links: ["resy.com/cities/*/*", "widgets.resy.com"] },
  SevenRooms: {
    loads: ["sevenrooms.com/widget", "sevenrooms.com/reservations"],
    links: [...on(SEVENROOMS, "reservations/*"), ...on(SEVENROOMS, "explore/*")],
  },
  Quandoo: {
    loads: [
      "booking-widget.quandoo.com",
      "booking-widget.quandoo.de",
      "booking-widget.quandoo.com.au",
    ],
    links: [...on(QUANDOO, "place/*"), "booking-widget.quandoo.com", "booking-widget.quandoo.de"],
  },
  TheFork: {
    loads: ["widget.thefork.com", "module.lafourchette.com"],
    links: [
      "widget.thefork.com",
      "thefork.com/restaurant/*",
      "thefork.fr/restaurant/*",
      "thefork.it/ristorante/*",
      "thefork.es/restaurante/*",
    ],
  },
  Tock: { loads: ["exploretock.com"], links: ["exploretock.com/*"] },
  "Yelp Reservations": { loads: ["yelp.com/reservations"], links: ["yelp.com/reservations/*"] },
  resmio: { loads: ["app.resmio.com", "static.resmio.com"], links: ["app.resmio.com/*"] },
  Zenchef: { loads: ["bookings.zenchef.com", "sdk.zenchef.com"], links: ["bookings.zenchef.com"] },
  Formitable: { loads: ["cdn.formitable.com", "widget.formitable.com"] },
  foratable: { loads: ["foratable.com"] },
  CoverManager: {
    loads: ["covermanager.com"],
    links: ["covermanager.com/reserve*", "covermanager.com/reservation*"],
  },
  ResDiary: { loads: ["resdiary.com"], links: ["booking.resdiary.com"] },
  "Now Book It": { loads: ["nowbookit.com"], links: ["bookings.nowbookit.com"] },
  "Eat App": { loads: ["eatapp.co"], links: ["eatapp.co/reserve/*"] },
  Tabelog: { links: ["tabelog.com/*/*/*/*"] },
  Gurunavi: { links: ["r.gnavi.co.jp/*"] },
  "Hot Pepper Gourmet": { links: ["hotpepper.jp/str*"] },
});

/** Meals to take away or to have brought. */
export const MEALS = products("Food ordering", {
  Toast: {
    loads: ["toasttab.com"],
    links: ["toasttab.com/*", "order.toasttab.com/online/*", "tables.toasttab.com/restaurants/*"],
  },
  ChowNow: {
    loads: ["cf.chownow.com", "ordering.chownow.com"],
    links: on(["ordering.chownow.com", "direct.chownow.com", "order.chownow.com"], "order/*"),
  },
  DoorDash: {
    links: [
      "doordash.com/store/*",
      "order.online/store/*",
      "order.online/sl/*",
      "order.online/business/*",
    ],
  },
  "Uber Eats": { links: ["ubereats.com/store/*", "ubereats.com/*/food-delivery/*"] },
  Grubhub: { links: ["grubhub.com/restaurant/*"] },
  Slice: { links: ["slicelife.com/restaurants/*/*/*/*"] },
  Menufy: { links: ["*.menufy.com"] },
  Olo: { loads: ["olo.com"], links: ["*.olo.com"] },
  Clover: { links: ["clover.com/online-ordering/*"] },
  Lieferando: {
    links: ["speisekarte/*", "menu/*"].flatMap((path) =>
      on(["lieferando.de", "lieferando.at"], path),
    ),
  },
  "Just Eat": {
    links: ["just-eat.co.uk/restaurants-*", "just-eat.ch/menu/*", "thuisbezorgd.nl/menu/*"],
  },
  Deliveroo: { links: on(DELIVEROO, "menu/*") },
  Wolt: { links: ["wolt.com/*/*/*/restaurant/*", "wolt.com/*/*/*/venue/*"] },
  GloriaFood: { loads: ["fbgcdn.com"], attributes: ["data-glf-cuid"] },
  SkipTheDishes: { links: ["skipthedishes.com/*"] },
  iFood: { links: ["ifood.com.br/delivery/*/*"] },
  Rappi: { links: on(["rappi.com.mx", "rappi.com.br"], "restaurantes/*") },
  Zomato: { links: ["zomato.com/*/*"] },
  Swiggy: { links: ["swiggy.com/restaurants/*", "swiggy.com/city/*/*"] },
});
