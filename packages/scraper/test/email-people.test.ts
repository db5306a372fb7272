import { describe, expect, test } from "vitest";
import { fits } from "../src/extract/mail/person.ts";
import { read } from "./read.ts";

const person = (html: string) => {
  const [email] = read(html, "https://laden.de/").emails;
  return email?.person === null || email === undefined
    ? null
    : [email.person.name, email.person.title];
};

describe("whose address it is, is told by the words beside it", () => {
  test.for([
    [
      `<div><h3>Anna Muster</h3><p>Geschäftsführerin</p><a href="mailto:anna.muster@laden.de">E-Mail</a></div>`,
      "Anna Muster",
      "Geschäftsführerin",
    ],
    [`<p>Küche: Herr Ben Roth, roth@laden.de</p>`, "Ben Roth", "Küche"],
    [`<tr><td>Mrs. Ann Lee</td><td>Billing</td><td>ann@laden.de</td></tr>`, "Ann Lee", "Billing"],
    [`<p>Frau Muster<br>muster@laden.de</p>`, "Frau Muster", null],
    [`<h4>Anna Muster</h4><span>Inhaberin</span><br>anna@laden.de`, "Anna Muster", "Inhaberin"],
    [`<p>Anna Muster, Head of Sales<br>a.muster@laden.de</p>`, "Anna Muster", "Head of Sales"],
    [`<p>Anna Muster (Owner) - anna@laden.de</p>`, "Anna Muster", "Owner"],
    [
      `<p>Dentist and owner: Dr. Elaine Prescott, e.prescott@laden.de</p>`,
      "Dr. Elaine Prescott",
      "Dentist and owner",
    ],
    [
      `<p>Geschäftsführer: Hans-Peter Müller</p><p>E-Mail: hp.mueller@laden.de</p>`,
      "Hans-Peter Müller",
      "Geschäftsführer",
    ],
    [
      `<p>Ihr Ansprechpartner</p><p>Jürgen Groß</p><p>Tel. 030 123456</p><p>juergen.gross@laden.de</p>`,
      "Jürgen Groß",
      "Ihr Ansprechpartner",
    ],
    [
      `<li>Prof. Dr. med. Sabine von der Heide<br>Chefärztin<br>heide@laden.de</li>`,
      "Prof. Dr. med. Sabine von der Heide",
      "Chefärztin",
    ],
    [`<p>Jean-Luc Moreau<br>Gérant<br>jl.moreau@laden.de</p>`, "Jean-Luc Moreau", "Gérant"],
    [
      `<p>María José Núñez<br>Directora de ventas<br>mjnunez@laden.de</p>`,
      "María José Núñez",
      "Directora de ventas",
    ],
    [`<p>Giulia De Santis<br>Titolare<br>desantis@laden.de</p>`, "Giulia De Santis", "Titolare"],
    [
      `<p>Pieter van den Berg<br>Eigenaar<br>pieter@laden.de</p>`,
      "Pieter van den Berg",
      "Eigenaar",
    ],
    [`<p>Åsa Lindström, VD<br>asa.lindstrom@laden.de</p>`, "Åsa Lindström", "VD"],
    [`<p>João da Silva<br>Sócio<br>joao.dasilva@laden.de</p>`, "João da Silva", "Sócio"],
    [
      `<p>Priya Sharma<br>Managing Director<br>priya@laden.de</p>`,
      "Priya Sharma",
      "Managing Director",
    ],
    [`<p>walt@laden.de<br>Walt Jensen, Master Plumber</p>`, "Walt Jensen", "Master Plumber"],
    [`<a href="mailto:Anna%20Muster%20%3Canna@laden.de%3E">x</a>`, "Anna Muster", null],
    [`<p>Anna Muster<br>Telefon 030 123<br>anna@laden.de</p>`, "Anna Muster", null],
    [`<p>Anna Muster<br>Berlin<br>anna@laden.de</p>`, "Anna Muster", null],
    [
      "<p>Maestra panadera: Rocío Domínguez, rocio@laden.de</p>",
      "Rocío Domínguez",
      "Maestra panadera",
    ],
    ["<p>Inhaltlich verantwortlich: Anna Muster, anna@laden.de</p>", "Anna Muster", null],
    ["<p>Kontakt: Anna Muster, anna@laden.de</p>", "Anna Muster", null],
    ["<p>Muster, Anna<br>Leitung<br>anna.muster@laden.de</p>", "Anna Muster", "Leitung"],
    ["<p>J. Huber, Schreinermeister<br>j.huber@laden.de</p>", "J. Huber", "Schreinermeister"],
    ["<p>Written by Anna Muster. Questions? anna@laden.de</p>", "Anna Muster", null],
    [
      "<tr><td>Anna Muster</td><td>Leitung</td><td>030 123</td><td>a.muster@laden.de</td></tr>",
      "Anna Muster",
      "Leitung",
    ],
    ["<p>Anna Muster, CEO. Call us! anna@laden.de</p>", "Anna Muster", "CEO"],
    [
      "<div class=vcard><span>Anna Muster</span><span>Inhaberin</span><a href='mailto:anna@laden.de'>m</a></div>",
      "Anna Muster",
      "Inhaberin",
    ],
  ] as const)("%s", ([html, name, title]) => expect(person(html)).toEqual([name, title]));

  test.for([
    `<h3>Anna Muster</h3><p>Inhaberin</p>info@laden.de`,
    `<h3>Anna Muster</h3><p>Inhaberin</p>bernd.schulz@laden.de`,
    `<p>anna.muster@laden.de</p>`,
    `<h2>Unser Laden</h2><p>Hauptstraße Berlin</p><p>Guten Tag</p>xy@laden.de`,
    `<p>Laden Berlin</p>laden@gmail.com`,
    `<p>Anna Muster</p>${"<p>Zeile</p>".repeat(12)}anna@laden.de`,
    `<a href="mailto:Unser%20Laden%20%3Cshop24@laden.de%3E">x</a>`,
  ])("nobody is made up: %s", (html) => expect(person(html)).toBeNull());

  test("of several people each has his own address", () => {
    const { emails } = read(
      `<div><h3>Anna Muster</h3><p>Inhaberin</p>anna@laden.de</div><div><h3>Bernd Schulz</h3><p>Meister</p>bernd@laden.de</div>
       <div><h3>Clara Vogt</h3><p>Buchhaltung</p>c.vogt@laden.de</div>`,
      "https://laden.de/",
    );
    expect(emails.map((email) => email.person)).toEqual([
      { name: "Anna Muster", title: "Inhaberin" },
      { name: "Bernd Schulz", title: "Meister" },
      { name: "Clara Vogt", title: "Buchhaltung" },
    ]);
  });
});

test.for([
  [
    "Anna Muster",
    ["anna.muster", "a.muster", "amuster", "anna", "muster", "muster.a", "annam", "anna_muster2"],
    ["bernd", "an", "m", "annette", "info"],
  ],
  ["Jürgen Groß", ["juergen.gross", "jurgen.gross", "jürgen", "gross"], ["jurg"]],
  ["Anna-Lena Maier-Schmidt", ["annalena.maierschmidt", "anna-lena", "a.maier-schmidt"], ["lena"]],
] as const)("%s has addresses like hers only", ([name, hers, others]) => {
  expect(hers.filter((local) => !fits(name.split(" "), local))).toEqual([]);
  expect(others.filter((local) => fits(name.split(" "), local))).toEqual([]);
});
