import { business } from "../../business.ts";

export const willowAndWax = business({
  host: "willow-and-wax.example",
  name: "Willow & Wax",
  tagline: "Candles poured slowly",
  description:
    "Soy and beeswax candles poured by hand in Asheville, North Carolina. Refills, workshops and wholesale.",
  phone: "828-555-0142",
  email: "hello@willow-and-wax.example",
  address: {
    street: "12 Wall Street",
    city: "Asheville",
    region: "NC",
    postal: "28801",
    country: "US",
  },
  people: [
    { name: "June Abernathy", role: "Wholesale", email: "wholesale@willow-and-wax.example" },
  ],
  social: {
    instagram: "https://instagram.com/willowandwax",
    facebook: "https://www.facebook.com/willowandwax/",
  },
  intro: [
    "Every candle burns for at least fifty hours because we let it cure for two weeks before it leaves the studio.",
    "Bring the glass back and the refill costs half.",
  ],
  about: [
    "Willow & Wax began on a kitchen stove in 2016 and still smells like one: fig, smoke, orange peel, cold rain.",
    "We use wax from a cooperative of twelve beekeepers in the Blue Ridge.",
  ],
  services: [
    { name: "Fig & Smoke", text: "Our best seller since the first winter.", price: "$28.00" },
    { name: "Orange Peel", text: "Bright, a little bitter.", price: "$24.00" },
    { name: "Cold Rain", text: "Petrichor, moss and a window left open.", price: "$28.00" },
    { name: "Beeswax Tapers", text: "A pair, ten inches.", price: "$16.50" },
  ],
  founded: 2016,
});

export const northpineCoffee = business({
  host: "northpine-coffee.example",
  name: "Northpine Coffee Roasters",
  tagline: "Small lots, roasted on Tuesdays",
  description:
    "Single-origin coffee roasted in Duluth, Minnesota. Free shipping over $45, subscriptions you can pause.",
  phone: "+1 (218) 724-0190",
  email: "support@northpine-coffee.example",
  address: {
    street: "1602 West Superior Street",
    city: "Duluth",
    region: "MN",
    postal: "55806",
    country: "US",
  },
  social: {
    instagram: "https://www.instagram.com/northpinecoffee",
    twitter: "https://twitter.com/northpinecoffee",
    youtube: "https://youtube.com/channel/UC9northpine",
  },
  intro: [
    "We roast on Tuesdays and ship on Wednesdays; by the weekend the bag on your counter is at its best.",
  ],
  about: [
    "Northpine is a 12-kilo drum, three people and a loading dock on the lake. We buy from growers we have met.",
  ],
  services: [
    { name: "Guji Uraga", text: "Ethiopia, washed. Bergamot and peach.", price: "$19.00" },
    {
      name: "Huila Pink Bourbon",
      text: "Colombia, honey. Cherry and cane sugar.",
      price: "$21.00",
    },
    { name: "Iron Range Espresso", text: "A blend for milk. Cocoa and walnut.", price: "$17.00" },
  ],
  founded: 2014,
});

export const lunaYoga = business({
  host: "luna-yoga-loft.example",
  name: "Luna Yoga Loft",
  tagline: "Breathe above the bakery",
  description:
    "Yoga for people with jobs and knees. Vinyasa, yin and prenatal classes in Santa Fe, New Mexico.",
  phone: "(505) 428-0166",
  email: "namaste@luna-yoga-loft.example",
  address: {
    street: "214 Galisteo Street",
    city: "Santa Fe",
    region: "NM",
    postal: "87501",
    country: "US",
  },
  people: [{ name: "Luna Marquez", role: "Founder and teacher" }],
  social: {
    instagram: "https://www.instagram.com/lunayogaloft",
    facebook: "https://www.facebook.com/lunayogaloft",
  },
  intro: [
    "The first class is free and the mats are warm. Come ten minutes early; the stairs are steep.",
  ],
  about: [
    "Luna taught in a fire station, a vineyard and a prison before she found the loft above the bakery on Galisteo Street.",
  ],
  services: [
    { name: "Morning Vinyasa", text: "Weekdays at 6.30, all levels.", price: "$18" },
    { name: "Yin and candlelight", text: "Tuesdays at 8 in the evening.", price: "$18" },
    { name: "Ten-class card", text: "Valid for six months.", price: "$150" },
  ],
});

export const bellaNapoli = business({
  host: "bella-napoli.example",
  name: "Trattoria Bella Napoli",
  tagline: "Wood-fired pizza and slow sauces",
  description:
    "Neapolitan pizza, handmade pasta and a short list of southern Italian wines in Providence, Rhode Island. Reservations by phone.",
  phone: "+1 401-273-0125",
  email: "ciao@bella-napoli.example",
  address: {
    street: "265 Atwells Avenue",
    city: "Providence",
    region: "RI",
    postal: "02903",
    country: "US",
  },
  people: [
    { name: "Carmela Esposito", role: "Chef and owner" },
    { name: "Nico Esposito", role: "Private dining", email: "events@bella-napoli.example" },
  ],
  hours: [
    { days: "Tuesday Wednesday Thursday", opens: "17:00", closes: "22:00" },
    { days: "Friday Saturday", opens: "17:00", closes: "23:00" },
    { days: "Sunday", opens: "12:00", closes: "21:00" },
  ],
  social: {
    instagram: "https://www.instagram.com/bellanapolipvd/",
    facebook: "https://www.facebook.com/bellanapolipvd",
  },
  intro: [
    "The dough rests for three days and the tomatoes come from the slopes of Vesuvius. Everything else is from within forty miles.",
    "We keep six tables for people who walk in.",
  ],
  about: [
    "Carmela learned the oven from her grandmother in Torre del Greco and built ours brick by brick in 2012.",
    "The menu changes on Tuesdays. The Margherita does not.",
  ],
  services: [
    { name: "Margherita", text: "San Marzano, fior di latte, basil.", price: "$16" },
    { name: "Diavola", text: "Spicy salame, honey, chili.", price: "$19" },
    { name: "Paccheri alla Genovese", text: "Onions and beef, eight hours.", price: "$24" },
  ],
  quotes: [{ text: "As close to Via dei Tribunali as New England gets.", by: "Providence Table" }],
  founded: 2012,
});

export const slowtideKayaks = business({
  host: "slowtide-kayaks.example",
  name: "Slowtide Kayaks",
  tagline: "Paddle at the pace of the bay",
  description: "Kayak rental and guided tours on Chincoteague Bay, Virginia.",
  phone: "(757) 336-0171",
  email: "book@slowtide-kayaks.example",
  address: {
    street: "4019 Main Street",
    city: "Chincoteague",
    region: "VA",
    postal: "23336",
    country: "US",
  },
  intro: ["Two hours, four miles, forty kinds of birds. Children from eight."],
  about: ["Our server is a small computer in the boat shed. It is slow when the tide is in."],
  services: [
    { name: "Sunset tour", text: "With a guide, every evening in season.", price: "$58" },
    { name: "Half-day rental", text: "Single or double.", price: "$40" },
  ],
});

export const quietLibrary = business({
  host: "quiet-library-books.example",
  name: "The Quiet Library",
  tagline: "Second-hand and antiquarian books",
  description:
    "A used bookshop in Hudson, New York, with a reading room and a cat. We buy libraries.",
  phone: "(518) 828-0133",
  email: "books@quiet-library-books.example",
  address: {
    street: "527 Warren Street",
    city: "Hudson",
    region: "NY",
    postal: "12534",
    country: "US",
  },
  social: { instagram: "https://www.instagram.com/quietlibrarybooks" },
  intro: ["Twenty thousand books, most of them read."],
  about: ["The shop was a pharmacy until 1991; the drawers still say Quinine."],
  services: [
    { name: "We buy books", text: "House calls within fifty miles." },
    { name: "Search service", text: "Tell us what you lost." },
  ],
});

export const lakesideRentals = business({
  host: "lakeside-rentals.example",
  name: "Lakeside Vacation Rentals",
  tagline: "Forty cabins around one lake",
  description: "Cabins and lake houses in Minocqua, Wisconsin. Book directly, no service fee.",
  phone: "(715) 356-0155",
  email: "reservations@lakeside-rentals.example",
  address: { street: "8780 US-51", city: "Minocqua", region: "WI", postal: "54548", country: "US" },
  social: { facebook: "https://www.facebook.com/lakesiderentalswi" },
  intro: ["Every cabin has a dock, a grill and a cupboard of board games with all the pieces."],
  about: ["A family company since 1968. We clean them ourselves."],
  services: [
    { name: "Weekly rentals", text: "Saturday to Saturday.", price: "from $1,100" },
    { name: "Winter weekends", text: "With sauna.", price: "from $480" },
  ],
});

export const expiredCert = business({
  host: "coastal-bike-hire.example",
  name: "Coastal Bike Hire",
  tagline: "Twelve miles of sea wall",
  description: "Bicycle hire in Galveston, Texas, by the hour, day or week.",
  phone: "(409) 762-0120",
  email: "ride@coastal-bike-hire.example",
  address: {
    street: "2101 Seawall Blvd",
    city: "Galveston",
    region: "TX",
    postal: "77550",
    country: "US",
  },
  intro: ["Cruisers, tandems and trailers for the dog."],
  about: ["We meant to renew that certificate last month."],
  services: [{ name: "Cruiser", text: "One speed is enough.", price: "$15 per hour" }],
});
