import { describe, expect, test } from "vitest";
import { readRobotsRules } from "../src/crawl/robots-rules.ts";

const US = "ScraperSkyBot";
const rulesOf = (...lines: string[]) => readRobotsRules(lines.join("\n"), US);

interface Case {
  file: string;
  allowed?: string[];
  forbidden?: string[];
}

/** The paths that are judged otherwise. */
const wrong = ({ file, allowed = [], forbidden = [] }: Case): string[] => {
  const rules = readRobotsRules(file, US);
  return [
    ...allowed.filter((path) => !rules.isAllowed(path)),
    ...forbidden.filter((path) => rules.isAllowed(path)),
  ];
};

describe("a group ends where a rule is followed by another robot's name, and nowhere else", () => {
  test.for([
    ["a sitemap", "Sitemap: https://one.example/s.xml"],
    ["a delay", "Crawl-delay: 10"],
    ["blank lines", "\n\n"],
    ["a comment", "# for everybody else"],
    ["an unknown record", "Noindex: /old"],
    ["a host record", "Host: www.one.example"],
    ["clean parameters", "Clean-param: ref /shop"],
    ["a request rate", "Request-rate: 1/10"],
    ["a line that is no record", "welcome, robots"],
    ["a record without a value", "Sitemap:"],
    ["a record without a name", ": /"],
    ["an unknown record with the name of a rule in its value", "Note: Disallow: /x"],
  ] as const)("%s does not end it", ([, line]) => {
    expect(
      wrong({
        file: `User-agent: *\n${line}\n\nUser-agent: BadBot\nDisallow: /\n`,
        forbidden: ["/", "/a"],
      }),
    ).toEqual([]);
  });

  test("an empty Disallow is a rule and ends it", () => {
    expect(
      wrong({
        file: "User-agent: *\nDisallow:\nUser-agent: BadBot\nDisallow: /\n",
        allowed: ["/"],
      }),
    ).toEqual([]);
  });

  test("rules before the first robot's name belong to nobody", () => {
    expect(
      wrong({ file: "Disallow: /\nUser-agent: BadBot\nDisallow: /x\n", allowed: ["/", "/x"] }),
    ).toEqual([]);
  });

  test("several names share the rules that follow", () => {
    expect(
      wrong({
        file: "User-agent: BadBot\nUser-agent: ScraperSkyBot\nUser-agent: Other\nDisallow: /x\n",
        allowed: ["/"],
        forbidden: ["/x"],
      }),
    ).toEqual([]);
  });

  test("groups of one robot are one, wherever they stand", () => {
    expect(
      wrong({
        file: "User-agent: ScraperSkyBot\nDisallow: /a\n\nUser-agent: *\nDisallow: /\n\nUser-agent: scraperskybot\nDisallow: /b\n",
        allowed: ["/", "/c"],
        forbidden: ["/a", "/b"],
      }),
    ).toEqual([]);
    expect(
      wrong({
        file: "User-agent: *\nDisallow: /a\nUser-agent: X\nDisallow: /x\nUser-agent: *\nDisallow: /b\n",
        allowed: ["/x"],
        forbidden: ["/a", "/b"],
      }),
    ).toEqual([]);
  });

  test("a group of our own without rules opens everything", () => {
    expect(
      wrong({ file: "User-agent: *\nDisallow: /\nUser-agent: ScraperSkyBot\n", allowed: ["/"] }),
    ).toEqual([]);
  });

  test("a file without a group for us and everybody opens everything", () => {
    expect(wrong({ file: "User-agent: BadBot\nDisallow: /\n", allowed: ["/"] })).toEqual([]);
    expect(wrong({ file: "", allowed: ["/"] })).toEqual([]);
  });
});

describe("names of robots", () => {
  test.for([
    "ScraperSkyBot",
    "scraperskybot",
    "SCRAPERSKYBOT",
    "ScraperSkyBot/1.0",
    "ScraperSkyBot 2",
    "ScraperSkyBot (reads pages)",
    "ScraperSkyBot # the one from the list",
    "  ScraperSkyBot  ",
    "ScraperSkyBot*",
  ])("%j is ours", (name) =>
    expect(wrong({ file: `User-agent: ${name}\nDisallow: /\n`, forbidden: ["/"] })).toEqual([]),
  );

  test.for(["Scraper", "ScraperSkyBotImages", "MyScraperSkyBot", "Bot", "", "**", "*Bot"])(
    "%j is not ours",
    (name) =>
      expect(wrong({ file: `User-agent: ${name}\nDisallow: /\n`, allowed: ["/"] })).toEqual([]),
  );

  test.for(["*", "* ", "*\t# all", "* everybody"])("%j is everybody", (name) =>
    expect(wrong({ file: `User-agent: ${name}\nDisallow: /\n`, forbidden: ["/"] })).toEqual([]),
  );
});

describe("how owners write their records", () => {
  const wrongClosed = (file: string) => wrong({ file, forbidden: ["/x"], allowed: ["/"] });

  test.for([
    ["CRLF", "User-agent: *\r\nDisallow: /x\r\n"],
    ["CR", "User-agent: *\rDisallow: /x\r"],
    ["mixed line ends", "User-agent: *\n\r\nDisallow: /x\r"],
    ["no line end", "User-agent: *\nDisallow: /x"],
    ["a BOM", "\uFEFFUser-agent: *\nDisallow: /x\n"],
    ["a BOM in the middle", "# joined files\n\uFEFFUser-agent: *\nDisallow: /x\n"],
    ["upper case", "USER-AGENT: *\nDISALLOW: /x\n"],
    ["blanks around everything", "  User-agent :  *  \n\t Disallow\t:\t/x \n"],
    ["no blanks", "User-agent:*\nDisallow:/x\n"],
    ["no colons", "User-agent *\nDisallow /x\n"],
    ["a comment after a rule", "User-agent: *\nDisallow: /x#no\n"],
    ["a name in two words", "User agent: *\nDisallow: /x\n"],
    ["a common slip", "User-agent: *\nDissallow: /x\n"],
    ["another one", "Useragent: *\nDisalow: /x\n"],
  ] as const)("%s", ([, file]) => expect(wrongClosed(file)).toEqual([]));

  test("a line of several words without a colon is none", () => {
    expect(
      wrong({
        file: "User-agent: *\nDisallow all robots\nDisallow /a b\n",
        allowed: ["/", "/a", "all"],
      }),
    ).toEqual([]);
  });
});

describe("which rule decides", () => {
  test.for([
    { file: "Disallow: /x/page\nAllow: /x/", forbidden: ["/x/page"], allowed: ["/x/"] },
    { file: "Allow: /x/page\nDisallow: /x/", allowed: ["/x/page"], forbidden: ["/x/", "/x/b"] },
    { file: "Disallow: /\nAllow: /", allowed: ["/", "/a"] },
    { file: "Disallow: /a\nAllow: /a", allowed: ["/a"] },
    { file: "Disallow:\nAllow:", allowed: ["/", "/a"] },
    { file: "Allow: /page\nDisallow: /*.htm", allowed: ["/page"], forbidden: ["/page.htm"] },
    { file: "Allow: /p\nDisallow: /", allowed: ["/page"], forbidden: ["/"] },
    { file: "Allow: /$\nDisallow: /", allowed: ["/"], forbidden: ["/page", "/?x"] },
    { file: "Disallow: /*?\nAllow: /shop?", allowed: ["/shop?a=1"], forbidden: ["/x?a=1"] },
    { file: "Disallow: /X/", allowed: ["/x/"], forbidden: ["/X/"] },
    { file: "Disallow: /a\nDisallow: /b", forbidden: ["/a", "/b/c"], allowed: ["/c"] },
  ])("$file", ({ file, allowed, forbidden }) =>
    expect(
      wrong({
        file: `User-agent: *\n${file}\n`,
        ...(allowed && { allowed }),
        ...(forbidden && { forbidden }),
      }),
    ).toEqual([]),
  );
});

describe("patterns", () => {
  const wrongOf = (pattern: string, forbidden: string[], allowed: string[] = []) =>
    wrong({ file: `User-agent: *\nDisallow: ${pattern}\n`, forbidden, allowed });

  test("a path stands for all that begins with it", () =>
    expect(
      wrongOf(
        "/fish",
        ["/fish", "/fish.html", "/fishes/a", "/fish?x"],
        ["/Fish", "/catfish", "/?fish"],
      ),
    ).toEqual([]));
  test("a star stands for anything, nothing too", () =>
    expect(wrongOf("/*.php", ["/.php", "/a/b.php?x", "//c.php5"], ["/php", "/a.PHP"])).toEqual([]));
  test("stars at the end change nothing", () =>
    expect(wrongOf("/fish***", ["/fish", "/fishes"], ["/f"])).toEqual([]));
  test("a dollar ends the address", () =>
    expect(wrongOf("/*.pdf$", ["/a.pdf", "/a.pdf.pdf"], ["/a.pdf?x", "/a.pdfs"])).toEqual([]));
  test("a dollar elsewhere is a dollar", () =>
    expect(wrongOf("/a$b", ["/a$b", "/a%24b"], ["/a", "/ab"])).toEqual([]));
  test("an escaped star is a star", () =>
    expect(wrongOf("/a%2Ab", ["/a*b", "/a%2ab"], ["/axb"])).toEqual([]));
  test("parts do not overlap", () =>
    expect(wrongOf("/a*ab$", ["/aab", "/axab"], ["/ab"])).toEqual([]));
  test("several stars", () =>
    expect(wrongOf("/*/x/*/y", ["/a/x/b/y", "/a/b/x/y/y"], ["/x/b/y", "/a/x/y"])).toEqual([]));
  test("a query is part of the address", () =>
    expect(wrongOf("/*?s=", ["/?s=1", "/a/?s="], ["/s=", "/?a=1&s=2"])).toEqual([]));
  test("what begins with no slash names no path", () =>
    expect(wrongOf("private", [], ["/private", "/"])).toEqual([]));
});

describe("octets", () => {
  const wrongOf = (pattern: string, forbidden: string[], allowed: string[] = []) =>
    wrong({ file: `User-agent: *\nDisallow: ${pattern}\n`, forbidden, allowed });

  test("letters beyond ASCII are their UTF-8 octets", () =>
    expect(wrongOf("/über", ["/%C3%BCber", "/%c3%bcber-uns"], ["/uber"])).toEqual([]));
  test("octets are the same in both cases", () =>
    expect(wrongOf("/%c3%bc", ["/%C3%BC", "/%c3%bc"])).toEqual([]));
  test("unreserved octets are their letters, on both sides", () => {
    expect(wrongOf("/%70rivate", ["/private", "/%70rivate", "/%70%72ivate"])).toEqual([]);
    expect(wrongOf("/private", ["/%70rivate", "/priv%61te"])).toEqual([]);
    expect(wrongOf("/a~b", ["/a%7Eb", "/a%7eb"])).toEqual([]);
  });
  test("reserved octets are not", () =>
    expect(wrongOf("/a%2Fb", ["/a%2Fb", "/a%2fb"], ["/a/b"])).toEqual([]));
  test("an Allow opens what it names, in its own spelling", () =>
    expect(
      wrong({
        file: "User-agent: *\nDisallow: /\nAllow: /%62ar\nAllow: /caf%c3%a9\n",
        allowed: ["/%62ar", "/caf%C3%A9"],
        forbidden: ["/bar"],
      }),
    ).toEqual([]));
  test("half an escape is itself", () =>
    expect(wrongOf("/a%", ["/a%", "/a%2"], ["/a"])).toEqual([]));
});

describe("delays and sitemaps", () => {
  test.for([
    { lines: ["User-agent: *", "Crawl-delay: 2.5"], ms: 2_500 },
    { lines: ["User-agent: *", "Crawl-delay: 10s"], ms: 10_000 },
    { lines: ["User-agent: *", "Crawl-delay: soon"], ms: 0 },
    { lines: ["User-agent: *", "Crawl-delay: -5"], ms: 0 },
    { lines: ["User-agent: *", "Disallow: /x", "Crawl-delay: 3"], ms: 3_000 },
    { lines: ["User-agent: BadBot", "Crawl-delay: 3"], ms: 0 },
    { lines: ["Crawl-delay: 3", "User-agent: *"], ms: 0 },
    {
      lines: ["User-agent: *", "Crawl-delay: 1", "User-agent: BadBot", "Crawl-delay: 90"],
      ms: 1_000,
    },
    { lines: ["User-agent: *", "Crawl-delay: 9", "User-agent: ScraperSkyBot", "Allow: /"], ms: 0 },
    { lines: ["User-agent: *", "Crawl-delay: 1", "Crawl-delay: 4"], ms: 4_000 },
  ])("$lines: $ms ms", ({ lines, ms }) => expect(rulesOf(...lines).crawlDelayMs).toBe(ms));

  test("sitemaps belong to nobody, and are at most twenty", () => {
    const lines = Array.from({ length: 30 }, (_, index) => `Sitemap: /s${index}.xml`);
    const { sitemaps } = rulesOf("User-agent: BadBot", ...lines);
    expect(sitemaps).toHaveLength(20);
    expect(sitemaps[0]).toBe("/s0.xml");
    expect(rulesOf("sitemap: https://a.example/x?y=1#z").sitemaps).toEqual([
      "https://a.example/x?y=1",
    ]);
  });
});
