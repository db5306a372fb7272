import { readSegment } from "#list/page-params.ts";
import { forwardTo } from "#forward.ts";

/** A file of this tenant, as the api's export of that path sends it. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ slug: string; file: string[] }> },
): Promise<Response> {
  const { slug, file } = await params;
  const path = file.map((segment) => encodeURIComponent(readSegment(segment))).join("/");
  return await forwardTo(request, `/api/v3/export/${path}`, readSegment(slug));
}
