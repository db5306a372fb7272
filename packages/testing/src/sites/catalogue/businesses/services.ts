import { business } from "../../business.ts";

export const harborviewDental = business({
  host: "harborview-dental.example",
  name: "Harborview Family Dental",
  legalName: "Harborview Family Dental PLLC",
  tagline: "Gentle dentistry on the waterfront",
  description:
    "Family and cosmetic dentistry in Portland, Maine. Same-day emergency visits, evening hours on Thursdays, and a team that explains before it drills.",
  phone: "(207) 775-4120",
  email: "frontdesk@harborview-dental.example",
  address: {
    street: "88 Commercial Street",
    city: "Portland",
    region: "ME",
    postal: "04101",
    country: "US",
  },
  people: [
    {
      name: "Dr. Elaine Prescott",
      role: "Dentist and owner",
      email: "e.prescott@harborview-dental.example",
    },
    { name: "Dr. Samuel Okafor", role: "Orthodontics" },
    { name: "Maria Lindqvist", role: "Office manager", email: "office@harborview-dental.example" },
  ],
  social: {
    facebook: "https://www.facebook.com/harborviewdental",
    instagram: "https://www.instagram.com/harborviewdental/",
  },
  intro: [
    "We have looked after the teeth of three generations of Portlanders, and most of them come back before anything hurts. New patients are welcome, children are spoilt, and nobody is lectured about flossing.",
    "If you broke a tooth this morning, call before noon and we will see you today.",
  ],
  about: [
    "Dr. Prescott opened the practice above the old chandlery in 2004 with one chair and a view of the ferries. Today there are five chairs, the same view, and a hygienist team that has been together for eleven years.",
    "We take our own X-rays, make crowns in the house while you wait, and work with most insurers in New England.",
  ],
  services: [
    {
      name: "Check-ups and cleaning",
      text: "Twice a year, forty minutes, no surprises on the bill.",
      price: "from $129",
    },
    { name: "Crowns in one visit", text: "Designed, milled and fitted in about two hours." },
    {
      name: "Clear aligners",
      text: "Straighter teeth without brackets; the first consultation is free.",
    },
    { name: "Emergency care", text: "Same-day visits for pain, swelling and broken teeth." },
  ],
  quotes: [
    { text: "My son asks when he can go back. To the dentist!", by: "Karen D., Munjoy Hill" },
  ],
  founded: 2004,
});

export const oakridgePlumbing = business({
  host: "oakridge-plumbing.example",
  name: "Oakridge Plumbing & Heating",
  tagline: "Hot water by tonight",
  description:
    "Licensed plumbers for Oakridge and the upper valley: repairs, water heaters, boilers, drain cleaning. A person answers the phone day and night.",
  phone: "+1 541-782-0136",
  email: "dispatch@oakridge-plumbing.example",
  address: {
    street: "47521 Highway 58",
    city: "Oakridge",
    region: "OR",
    postal: "97463",
    country: "US",
  },
  people: [
    { name: "Walt Jensen", role: "Master plumber", email: "walt.jensen@gmail.com" },
    { name: "Dana Ruiz", role: "Dispatch" },
  ],
  social: {
    facebook: "https://facebook.com/oakridgeplumbing",
    youtube: "https://www.youtube.com/@oakridgeplumbing",
  },
  intro: [
    "Burst pipe? Close the main valve, then call. We are usually at the door within ninety minutes anywhere between Lowell and Crescent Lake.",
    "We quote before we start and the quote is the bill.",
  ],
  about: [
    "Walt started with his father's van in 1987. The van is retired; the rule that we sweep up after ourselves is not.",
    "Four licensed plumbers, one apprentice, two dogs. Bonded and insured, CCB 214 559.",
  ],
  services: [
    {
      name: "Water heaters",
      text: "Tank and tankless, most brands in stock.",
      price: "from $1,240 installed",
    },
    { name: "Drain cleaning", text: "Camera inspection included." },
    { name: "Boilers and radiators", text: "Repair, balancing, replacement." },
    { name: "Well pumps", text: "Pulled, tested and replaced in a day." },
  ],
  quotes: [
    { text: "Came on Christmas Eve, charged the same as on a Tuesday.", by: "The Hollisters" },
    { text: "Explained the whole boiler to my twelve-year-old.", by: "P. Nakamura" },
  ],
  founded: 1987,
});

export const brightpathTutoring = business({
  host: "brightpath-tutoring.example",
  name: "Brightpath Tutoring",
  tagline: "Math and reading, one student at a time",
  description:
    "One-to-one tutoring in Madison, Wisconsin, for grades 3 to 12. SAT and ACT preparation, reading recovery, homework club.",
  phone: "608.555.0177",
  email: "info@brightpath-tutoring.example",
  address: {
    street: "501 State Street, Suite 4",
    city: "Madison",
    region: "WI",
    postal: "53703",
    country: "US",
  },
  people: [
    { name: "Anita Rao", role: "Director", email: "anita@brightpath-tutoring.example" },
    { name: "Colin Byrne", role: "Mathematics" },
  ],
  social: {
    linkedin: "https://www.linkedin.com/company/brightpath-tutoring",
    twitter: "https://x.com/brightpathtutor",
  },
  intro: [
    "We meet every student before we recommend anything, and sometimes we recommend a bicycle instead.",
    "Sessions are fifty minutes, once or twice a week, in person or online.",
  ],
  about: [
    "Brightpath was founded by two teachers who missed teaching. We keep eight tutors, all certified, none of them on commission.",
  ],
  services: [
    { name: "Mathematics", text: "From fractions to calculus.", price: "$65 per session" },
    {
      name: "Reading recovery",
      text: "Structured, patient, measured every month.",
      price: "$65 per session",
    },
    { name: "SAT and ACT", text: "Eight weeks, two practice tests.", price: "$780" },
  ],
});

export const riverstoneLaw = business({
  host: "riverstone-law.example",
  name: "Riverstone Law Group",
  tagline: "Estate planning and elder law",
  description:
    "Wills, trusts, probate and elder law in Chattanooga, Tennessee. Fixed fees, house calls, plain language.",
  phone: "+1 423 265 0148",
  email: "intake@riverstone-law.example",
  address: {
    street: "801 Broad Street, 5th Floor",
    city: "Chattanooga",
    region: "TN",
    postal: "37402",
    country: "US",
  },
  people: [
    { name: "Margaret Whitfield", role: "Attorney", email: "mwhitfield@riverstone-law.example" },
    { name: "Desmond Clarke", role: "Attorney", email: "dclarke@riverstone-law.example" },
  ],
  social: {
    linkedin: "https://www.linkedin.com/company/riverstone-law-group",
    facebook: "https://www.facebook.com/riverstonelaw",
  },
  intro: [
    "Most of our clients put this off for ten years and are done in an afternoon.",
    "We come to you: home, hospital, or the kitchen table.",
  ],
  about: [
    "Three attorneys, one paralegal, no billboards. We have drafted more than four thousand wills.",
  ],
  services: [
    {
      name: "Wills and trusts",
      text: "A will, two powers of attorney and a living will.",
      price: "$1,150 fixed",
    },
    { name: "Probate", text: "We file, you grieve." },
    { name: "Medicaid planning", text: "Before, and also after, the nursing home." },
  ],
  founded: 1999,
});

export const greenleaf = business({
  host: "greenleaf-landscaping.example",
  name: "Greenleaf Landscaping",
  tagline: "Gardens that survive August",
  description:
    "Garden design, irrigation and maintenance around Boise, Idaho. Native plants, sensible watering.",
  phone: "208-555-0119",
  email: "office@greenleaf-landscaping.example",
  address: {
    street: "3400 Hill Road",
    city: "Boise",
    region: "ID",
    postal: "83702",
    country: "US",
  },
  people: [{ name: "Priya Nair", role: "Designer", email: "priya@greenleaf-landscaping.example" }],
  social: { facebook: "https://www.facebook.com/greenleafboise" },
  intro: ["We plant for the hottest week of the year. The rest takes care of itself."],
  about: [
    "Twenty people in summer, six in winter, and a nursery of 140 native species on Hill Road.",
  ],
  services: [
    { name: "Design", text: "A plan you can build in stages.", price: "from $900" },
    { name: "Irrigation", text: "Drip lines and clever valves." },
    { name: "Maintenance", text: "Every second week, April to October." },
  ],
});

export const halsAuto = business({
  host: "hals-auto-repair.example",
  name: "Hal's Auto Repair",
  tagline: "Honest work since 1978",
  description:
    "Foreign and domestic auto repair in Topeka, Kansas. Brakes, transmissions, air conditioning. ASE certified.",
  phone: "(785) 233-5500",
  email: "hal@hals-auto-repair.example",
  address: {
    street: "2930 SW Topeka Blvd",
    city: "Topeka",
    region: "KS",
    postal: "66611",
    country: "US",
  },
  people: [{ name: "Hal Dempsey", role: "Owner" }],
  intro: [
    "If it does not need fixing we will tell you. We accept Visa, MasterCard and good checks. Fax: (785) 233-5501.",
  ],
  about: [
    "Hal opened the shop in 1978 with a borrowed lift. His daughter Ruth runs it now and Hal still answers the phone.",
  ],
  services: [
    { name: "Brakes", text: "Pads, rotors, lines. Most cars in by 8, out by 3." },
    { name: "Transmissions", text: "Rebuilt in the shop, 24 months warranty." },
    { name: "Air conditioning", text: "Leak test and recharge." },
  ],
  founded: 1978,
});

export const timsTile = business({
  host: "tims-tile-and-stone.example",
  name: "Tim's Tile & Stone",
  tagline: "Floors that stay put",
  description: "Tile and natural stone installation in Grand Rapids, Michigan.",
  phone: "616-555-0184",
  email: "tim@tims-tile-and-stone.example",
  address: {
    street: "1140 Plainfield Ave NE",
    city: "Grand Rapids",
    region: "MI",
    postal: "49505",
    country: "US",
  },
  intro: ["Tim sets every tile himself. That is why there is a waiting list."],
  about: ["Thirty-one years on his knees."],
  services: [
    { name: "Bathrooms", text: "Waterproofed twice." },
    { name: "Kitchens", text: "Backsplashes in a day." },
  ],
});

export const studioMarlowe = business({
  host: "studio-marlowe.example",
  name: "Studio Marlowe",
  tagline: "Photographs of people who hate being photographed",
  description:
    "Portrait and wedding photography in Bristol and the South West. Two photographers, one darkroom.",
  language: "en-GB",
  phone: "+44 117 496 0287",
  email: "hello@studio-marlowe.example",
  address: { street: "7 Christmas Steps", city: "Bristol", postal: "BS1 5BS", country: "GB" },
  people: [{ name: "Iris Marlowe", role: "Photographer", email: "iris@studio-marlowe.example" }],
  social: {
    instagram: "https://www.instagram.com/studiomarlowe",
    linkedin: "https://www.linkedin.com/in/irismarlowe",
  },
  intro: ["We talk for an hour before we take out a camera. The pictures are better for it."],
  about: ["Iris and Tom have photographed 340 weddings and exactly one divorce party."],
  services: [
    { name: "Portraits", text: "Studio or street, twelve prints.", price: "£320" },
    { name: "Weddings", text: "Ten hours, two photographers, an album.", price: "£2,400" },
  ],
  founded: 2011,
});
