import { cookies } from "next/headers";
import { notFound } from "next/navigation";
import { GalleryPage } from "#gallery/gallery-page.tsx";
import { readGallery } from "#gallery/read-gallery.ts";
import { readTheme, THEME_COOKIE } from "#shell/theme.ts";

/** /gallery/batch?scene=error: any page in any state, on made-up data. Development only. */
export default async function Gallery({
  params,
  searchParams,
}: {
  params: Promise<{ view: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}) {
  const shown = readGallery((await params).view, (await searchParams)["scene"]);
  if (shown === undefined) notFound();
  return <GalleryPage {...shown} theme={readTheme((await cookies()).get(THEME_COOKIE)?.value)} />;
}
