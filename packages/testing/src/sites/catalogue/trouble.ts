import {
  notFound,
  type Site,
  type SiteAnswer,
  type SiteExpectation,
  type SiteRequest,
} from "../site.ts";

interface Trouble {
  name: string;
  answer: (request: SiteRequest) => SiteAnswer;
  expect: SiteExpectation;
  schemes?: Site["schemes"];
  hosts?: string[];
  certificate?: Site["certificate"];
  presentable?: boolean;
}

/** A site of which only the trouble matters. Robots and sitemaps are absent unless `answer` gives them. */
export const troubled = ({ name, answer, expect, ...rest }: Trouble): Site => ({
  name,
  hosts: rest.hosts ?? [name, `www.${name}`],
  schemes: rest.schemes ?? ["http", "https"],
  certificate: rest.certificate ?? "valid",
  presentable: rest.presentable ?? true,
  answer: (request) =>
    request.path === "/robots.txt" || request.path.startsWith("/sitemap")
      ? (withRobots(answer(request)) ?? notFound())
      : answer(request),
  expect,
});

/** Troubles that speak plain text or XML answer for robots.txt too; others would send their home page. */
const withRobots = (answer: SiteAnswer): SiteAnswer | undefined => {
  const type = String(answer.headers?.["content-type"] ?? "");
  const isPage = type.startsWith("text/html") && (answer.status ?? 200) < 300;
  return isPage || answer.drip || answer.headers?.["content-encoding"] ? undefined : answer;
};

export const html = (body: string, more: Partial<SiteAnswer> = {}): SiteAnswer => ({
  ...more,
  headers: { "content-type": "text/html; charset=utf-8", ...more.headers },
  body,
});

export const simple = (title: string, body: string): SiteAnswer =>
  html(
    `<!doctype html><html lang="en"><head><title>${title}</title></head><body>${body}</body></html>`,
  );
