import { redirect } from "next/navigation";

export default function GalleryIndex() {
  redirect("/gallery/components");
}
