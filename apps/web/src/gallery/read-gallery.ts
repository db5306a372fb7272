import { GALLERY_VIEWS, SCENES, type GalleryView, type Scene } from "./views.ts";

/** Which page in which state an address of the gallery means; undefined when none. */
export const readGallery = (
  view: string,
  scene: string | string[] | undefined,
): { view: GalleryView; scene: Scene } | undefined => {
  const found = GALLERY_VIEWS.find((name) => name === view);
  return found === undefined
    ? undefined
    : { view: found, scene: SCENES.find((name) => name === scene) ?? "data" };
};
