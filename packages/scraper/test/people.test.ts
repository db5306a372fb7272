import { expect, test } from "vitest";
import { done, siteOf, visitSite } from "./visit-site.ts";

const people = async (pages: Record<string, string>) =>
  done((await visitSite(siteOf(pages))).outcome).lead.people;
const ld = (data: object) => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
const nobody = { title: null, email: null, phone: null, profileUrl: null };

test("people of structured data come with all that it says of them", async () => {
  const html = ld({
    "@type": "Bakery",
    founder: {
      "@type": "Person",
      name: "Anna Muster",
      jobTitle: "Inhaberin",
      email: "mailto:anna@one.example",
    },
    employee: [
      {
        "@type": "Person",
        name: "Bernd Schulz",
        telephone: "+49 30 23125 000",
        sameAs: ["https://www.linkedin.com/in/bernd-schulz"],
      },
      { "@type": "Person", givenName: "Clara", familyName: "Vogt", url: "javascript:alert(1)" },
    ],
  });
  expect(await people({ "/": html })).toEqual([
    {
      ...nobody,
      name: "Anna Muster",
      title: "Inhaberin",
      email: "anna@one.example",
      page: "https://one.example/",
    },
    {
      ...nobody,
      name: "Bernd Schulz",
      phone: "+493023125000",
      profileUrl: "https://www.linkedin.com/in/bernd-schulz",
      page: "https://one.example/",
    },
    { ...nobody, name: "Clara Vogt", page: "https://one.example/" },
  ]);
});

test("one person of several pages is one, with what each of them gives", async () => {
  const found = await people({
    "/": `<a href="/team">t</a><h3>Dr. Anna Muster</h3><p>anna.muster@one.example</p>`,
    "/team": `${ld({ "@type": "Person", name: "Anna Muster", jobTitle: "Zahnärztin" })}<p>Bernd Schulz<br>Praxismanager<br>schulz@one.example</p>`,
  });
  expect(found.map(({ name, title, email }) => [name, title, email])).toEqual([
    ["Anna Muster", "Zahnärztin", "anna.muster@one.example"],
    ["Bernd Schulz", "Praxismanager", "schulz@one.example"],
  ]);
});

test("an address that structured data gives to a person is theirs; that of an office is not", async () => {
  const { outcome } = await visitSite(
    siteOf({
      "/": ld({
        "@graph": [
          { "@type": "Person", name: "Anna Muster", jobTitle: "Chefin", email: "am@one.example" },
          { "@type": "Person", name: "Bernd Schulz", email: "info@one.example" },
        ],
      }),
    }),
  );
  expect(done(outcome).lead.emails).toMatchObject([
    { email: "am@one.example", kind: "person", person: { name: "Anna Muster", title: "Chefin" } },
    { email: "info@one.example", kind: "role", person: null },
  ]);
});

test("accounts, writers and reviewers are none of its people", async () => {
  const html = ld({
    "@graph": [
      { "@type": "Person", name: "admin" },
      { "@type": "BlogPosting", author: { "@type": "Person", name: "Gast Schreiber" } },
      {
        "@type": "Bakery",
        review: { "@type": "Review", author: { "@type": "Person", name: "Frohe Kundin" } },
      },
      {
        "@type": "Review",
        author: { "@type": "Person", name: "Frohe Kundin", email: "kundin@gmail.com" },
      },
      { "@type": "Person", name: "https://one.example/author/x" },
    ],
  });
  expect(await people({ "/": html })).toEqual([]);
});
