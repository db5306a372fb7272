import { describe, expect, test } from "vitest";
import { refreshOf } from "../src/refresh.ts";
import { done, page, siteOf, visitSite } from "./visit-site.ts";

const outcomeOf = async (...input: Parameters<typeof visitSite>) =>
  (await visitSite(...input)).outcome;

describe("a refresh leads on", () => {
  const BASE = new URL("https://one.example/dir/");
  test.for([
    ["0;url=/neu", "/neu", 0],
    ["0; URL=/neu", "/neu", 0],
    ["0 /neu", "/neu", 0],
    ["0,/neu", "/neu", 0],
    ["0;/neu", "/neu", 0],
    ["0;url = '/neu'", "/neu", 0],
    ['3;url="/neu" x', "/neu", 3],
    ["0;url='/neu", "/neu", 0],
    [" 5 ; url=neu", "/dir/neu", 5],
    ["0.5; url=/neu", "/neu", 0],
    [".5;/neu", "/neu", 0],
    ["0;url=https://two.example/", undefined, 0],
    ["0;url=/a b", "/a%20b", 0],
    ["0;url=urlaub", "/dir/urlaub", 0],
    ["1 ;\n url=/neu", "/neu", 1],
  ] as const)("%j", ([content, path, seconds]) => {
    const refresh = refreshOf(content, BASE);
    expect(refresh?.seconds).toBe(seconds);
    expect(refresh?.url.href).toBe(
      path === undefined ? "https://two.example/" : `https://one.example${path}`,
    );
  });

  test.for([
    "",
    "5",
    "5;",
    "url=/neu",
    "soon; url=/neu",
    "0url=/neu",
    "0;url=",
    "0;url=''",
    "0;url=javascript:x",
    "-1;/neu",
    ";url=/neu",
    ", /neu",
    " /neu",
  ])("%j leads nowhere", (content) => expect(refreshOf(content, BASE)).toBeUndefined());

  test.for([{ refresh: "0; url=/neu" }, { refresh: "0;/neu" }])(
    "in a header: %j",
    async (headers) => {
      const site = siteOf({
        "/": page("<title>alt</title>", { headers }),
        "/neu": "<title>neu</title>",
      });
      expect(done(await outcomeOf(site)).site.title).toBe("neu");
    },
  );

  test("in a page, with and without its words, also beside a name", async () => {
    for (const meta of [
      'http-equiv=refresh content="0 /neu"',
      'name=x http-equiv=Refresh content="0;url=/neu"',
    ]) {
      const site = siteOf({
        "/": `<meta ${meta}><title>alt</title>`,
        "/neu": "<title>neu</title>",
      });
      expect(done(await outcomeOf(site)).site.title).toBe("neu");
    }
  });

  test("not for those without scripts alone, and not out of the web", async () => {
    const site = siteOf({
      "/": '<noscript><meta http-equiv=refresh content="0;/neu"></noscript><title>alt</title>',
      "/neu": "<title>neu</title>",
    });
    expect(done(await outcomeOf(site, { maxPages: 1 })).site.title).toBe("alt");
    const out = siteOf({
      "/": page("<title>alt</title>", { headers: { refresh: "0;url=http://127.0.0.1/" } }),
    });
    expect(await outcomeOf(out)).toMatchObject({ kind: "failed", code: "blocked_address" });
  });
});
