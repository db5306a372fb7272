import { HEADERS } from "@scrapersky/api/wire";
import { forward } from "#forward.ts";
import { readSegment } from "#list/page-params.ts";

/**
 * A file of a list, by a link: the api's, asked for in the tenant of the address, as a link cannot send a header. A refusal
 * leads back to the page with its code, for nobody wants to read it as JSON.
 */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string; file: string }> },
): Promise<Response> {
  const { slug, file } = await params;
  const address = new URL(request.url);
  address.pathname = `/api/v3/export/${encodeURIComponent(readSegment(file))}`;
  const headers = new Headers(request.headers);
  headers.set(HEADERS.tenant, readSegment(slug));
  const answer = await forward(new Request(address, { headers, signal: request.signal }));
  const from = request.headers.get("referer");
  if (answer.ok || from === null || !URL.canParse(from)) return answer;
  const { code } = (await answer.json().catch(() => ({}))) as { code?: unknown };
  const { pathname, searchParams } = new URL(from);
  searchParams.set("refused", typeof code === "string" ? code : String(answer.status));
  return new Response(null, {
    status: 303,
    headers: { location: `${pathname}?${searchParams.toString()}` },
  });
}
