import { describe, expect, test } from "vitest";
import { profileOf } from "../src/site/social.ts";
import { leadOf } from "./lead-of.ts";

const profiles = (hrefs: string, host = "laden.de") =>
  leadOf(
    hrefs
      .split(" ")
      .map((href) => `<a href="${href}">x</a>`)
      .join(""),
    host,
  ).socials.map(({ url }) => url);

describe("a profile is an account", () => {
  test.for([
    ["facebook.com/laden", "https://facebook.com/laden"],
    ["www.facebook.com/laden", "https://www.facebook.com/laden"],
    ["//www.facebook.com/laden", "https://www.facebook.com/laden"],
    ["http://www.facebook.com/laden", "https://www.facebook.com/laden"],
    ["https://web.facebook.com/laden", "https://web.facebook.com/laden"],
    ["https://de-de.facebook.com/laden/", "https://de-de.facebook.com/laden/"],
    ["https://www.facebook.com/laden/?ref=page_internal", "https://www.facebook.com/laden/"],
    ["https://www.facebook.com/laden/reviews", "https://www.facebook.com/laden"],
    [
      "https://www.facebook.com/profile.php?id=100012345678901&ref=x",
      "https://www.facebook.com/profile.php?id=100012345678901",
    ],
    [
      "https://www.facebook.com/pages/Laden/123456789",
      "https://www.facebook.com/pages/Laden/123456789",
    ],
    [
      "https://www.facebook.com/pages/category/Bakery/Laden-123456789/",
      "https://www.facebook.com/pages/category/Bakery/Laden-123456789/",
    ],
    [
      "https://www.facebook.com/people/Laden/100012345678901/",
      "https://www.facebook.com/people/Laden/100012345678901/",
    ],
    ["https://fb.me/laden", "https://fb.me/laden"],
    ["https://www.instagram.com/laden?igsh=abc", "https://www.instagram.com/laden"],
    ["https://instagram.com/laden.berlin/", "https://instagram.com/laden.berlin/"],
    ["https://twitter.com/laden", "https://twitter.com/laden"],
    ["https://x.com/@laden", "https://x.com/@laden"],
    ["https://twitter.com/#!/laden", "https://twitter.com/laden"],
    ["https://twitter.com/intent/follow?screen_name=laden", "https://twitter.com/laden"],
    ["https://www.instagram.com/laden/reels/", "https://www.instagram.com/laden"],
    ["https://www.linkedin.com/company/laden", "https://www.linkedin.com/company/laden"],
    ["https://de.linkedin.com/company/laden/about/", "https://de.linkedin.com/company/laden"],
    [
      "https://www.linkedin.com/in/web-designer https://www.linkedin.com/company/laden",
      "https://www.linkedin.com/company/laden",
    ],
    ["https://www.youtube.com/@laden", "https://www.youtube.com/@laden"],
    [
      "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
      "https://www.youtube.com/channel/UCabcdefghijklmnopqrstuv",
    ],
    ["https://www.youtube.com/user/laden/videos", "https://www.youtube.com/user/laden"],
    ["https://youtube.com/laden", "https://youtube.com/laden"],
    ["https://www.tiktok.com/@laden", "https://www.tiktok.com/@laden"],
    ["https://www.tiktok.com/@laden?lang=de", "https://www.tiktok.com/@laden"],
    ["https://www.pinterest.de/laden/", "https://www.pinterest.de/laden/"],
    ["https://pinterest.co.uk/laden", "https://pinterest.co.uk/laden"],
    ["https://www.xing.com/pages/laden", "https://www.xing.com/pages/laden"],
    ["https://www.threads.net/@laden", "https://www.threads.net/@laden"],
    ["https://www.threads.com/@laden", "https://www.threads.com/@laden"],
    ["https://t.me/laden_de", "https://t.me/laden_de"],
    ["https://bsky.app/profile/laden.de", "https://bsky.app/profile/laden.de"],
    ["https://wa.me/493023125000?text=Hallo", "https://wa.me/493023125000"],
    [
      "https://api.whatsapp.com/send?phone=493023125000&text=x",
      "https://api.whatsapp.com/send?phone=493023125000",
    ],
    ["https://whatsapp.com/channel/0029VaABC", "https://whatsapp.com/channel/0029VaABC"],
    ["https://g.page/laden", "https://g.page/laden"],
    ["https://g.page/r/CabcDEF123/review", "https://g.page/r/CabcDEF123"],
    ["https://maps.app.goo.gl/AbCdEf123", "https://maps.app.goo.gl/AbCdEf123"],
    [
      "https://www.google.com/maps?cid=12345678901234567890",
      "https://www.google.com/maps?cid=12345678901234567890",
    ],
    [
      "https://www.google.com/maps/place/Laden/@52.5,13.4,17z/data=!3m1",
      "https://www.google.com/maps/place/Laden",
    ],
    ["https://www.yelp.com/biz/laden", "https://www.yelp.com/biz/laden"],
    ["https://www.yelp.de/biz/laden-berlin?osq=x", "https://www.yelp.de/biz/laden-berlin"],
    [
      "https://www.tripadvisor.de/Restaurant_Review-g187323-d123456-Reviews-Laden-Berlin.html",
      "https://www.tripadvisor.de/Restaurant_Review-g187323-d123456-Reviews-Laden-Berlin.html",
    ],
  ] as const)("%s", ([hrefs, url]) => expect(profiles(hrefs)).toEqual([url]));

  test.for([
    "https://www.facebook.com/",
    "https://www.facebook.com/laden/posts/123",
    "https://www.facebook.com/laden/photos/a.1/2",
    "https://www.facebook.com/events/123",
    "https://www.facebook.com/groups/123",
    "https://www.facebook.com/sharer/sharer.php?u=x",
    "https://www.facebook.com/share/p/abc/",
    "https://www.facebook.com/v2.0/dialog/share?x",
    "https://www.facebook.com/watch/?v=1",
    "https://www.facebook.com/plugins/page.php?href=x",
    "https://www.facebook.com/tr?id=1",
    "https://www.facebook.com/policy.php",
    "https://www.instagram.com/stories/laden/",
    "https://www.instagram.com/reels/x",
    "https://instagram.com/tv/x",
    "https://www.instagram.com/p/abc/",
    "https://www.instagram.com/laden/reel/abc/",
    "https://www.instagram.com/explore/tags/x/",
    "https://twitter.com/laden/status/123",
    "https://x.com/i/flow/login",
    "https://x.com/intent/post?text=x",
    "https://twitter.com/share",
    "https://twitter.com/hashtag/x",
    "https://youtu.be/a1b2c3d4e5f",
    "https://www.youtube.com/playlist?list=PL1",
    "https://www.youtube.com/watch?v=x",
    "https://www.youtube.com/embed/x",
    "https://www.youtube.com/shorts/x",
    "https://www.linkedin.com/jobs/view/1",
    "https://www.linkedin.com/sharing/share-offsite/?url=x",
    "https://www.linkedin.com/shareArticle?url=x",
    "https://www.linkedin.com/in/web-designer",
    "https://www.linkedin.com/posts/laden_x-1",
    "https://www.tiktok.com/@laden/video/123",
    "https://www.tiktok.com/embed/v2/1",
    "https://vm.tiktok.com/ZM1/",
    "https://www.pinterest.com/pin/create/button/?url=x",
    "https://www.pinterest.com/pin/123/",
    "https://www.xing.com/profile/Max_Muster",
    "https://www.xing.com/spi/shares/new?url=x",
    "https://www.threads.net/@laden/post/abc",
    "https://t.me/share/url?url=x",
    "https://t.me/+AbCdEf",
    "https://t.me/laden_de/12",
    "https://bsky.app/profile/laden.de/post/abc",
    "https://wa.me/?text=x",
    "https://api.whatsapp.com/send?text=x",
    "https://chat.whatsapp.com/AbC",
    "https://www.google.com/maps?q=Berlin",
    "https://www.google.com/search?q=laden",
    "https://goo.gl/abc",
    "https://www.yelp.com/writeareview/biz/x",
    "https://www.tripadvisor.com/",
    "https://notfacebook.com/laden",
    "https://www.facebook.com.evil.example/laden",
    "https://www.facebook.com/squarespace",
    "https://www.instagram.com/elegantthemes/",
    "https://twitter.com/wix",
    "https://www.facebook.com/yourpage",
    "https://www.facebook.com/mypage",
    "https://twitter.com/intent/follow",
  ])("%s is none", (href) => expect(profiles(href)).toEqual([]));

  test("no path of a network throws", () => {
    for (const host of [
      "www.facebook.com",
      "x.com",
      "t.me",
      "g.page",
      "wa.me",
      "www.google.com",
      "bsky.app",
    ])
      for (const path of [
        "/%",
        "/%ff",
        "/a//b",
        "/@",
        "/#!/",
        "/?phone=%",
        "/maps/place/%E0%A4%A",
        "/..",
      ])
        expect(profileOf(new URL(`https://${host}${path}`))?.account.length ?? 1).toBeGreaterThan(
          0,
        );
  });
});

describe("and the business's own", () => {
  test("what structured data names, what is called like it, else what most pages show", () => {
    const links = (...names: string[]) =>
      names.map((name) => `<a href="https://www.instagram.com/${name}">x</a>`).join("");
    const own = (pages: Record<string, string>, host = "baeckerei-mueller.de") =>
      leadOf(pages, host).socials.map(({ account }) => account);
    expect(own({ "/": links("webdesign_x", "baeckerei.mueller") })).toEqual(["baeckerei.mueller"]);
    expect(own({ "/": links("webdesign_x", "brotzeit"), "/a": links("brotzeit") })).toEqual([
      "brotzeit",
    ]);
    expect(
      own({
        "/": `${links("webdesign_x", "brotzeit")}<script type="application/ld+json">{"@type":"Bakery","sameAs":["https://www.instagram.com/brotzeit"]}</script>`,
      }),
    ).toEqual(["brotzeit"]);
    expect(own({ "/": '<a rel="me" href="https://mastodon.social/@brot">x</a>' })).toEqual([
      "brot@mastodon.social",
    ]);
    expect(own({ "/": '<a href="https://mastodon.social/@brot">x</a>' })).toEqual([]);
    expect(own({ "/": '<link rel="me" href="https://social.example/@brot">' })).toEqual([
      "brot@social.example",
    ]);
  });

  test("the page is the first that links to it", () => {
    const { socials } = leadOf(
      { "/": "<p>x</p>", "/a": '<a href="https://x.com/laden">x</a>' },
      "laden.de",
    );
    expect(socials).toEqual([
      { network: "x", account: "laden", url: "https://x.com/laden", page: "https://laden.de/a" },
    ]);
  });
});
