import { getReference } from "#reference/get-reference.ts";
import { ReferenceIndex } from "#reference/reference-index.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("API reference");

export default async function ReferencePage({ params }: PageProps<"/t/[slug]/reference">) {
  const { slug } = await params;
  return <ReferenceIndex reference={await getReference()} base={`/t/${slug}`} />;
}
