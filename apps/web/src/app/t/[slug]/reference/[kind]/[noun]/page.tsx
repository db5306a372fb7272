import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getReference } from "#reference/get-reference.ts";
import { ReferencePartView } from "#reference/reference-part.tsx";
import { getMe } from "#trpc/server.ts";

type Props = PageProps<"/t/[slug]/reference/[kind]/[noun]">;

const KINDS = { rest: "REST v3", procedures: "Procedures of the client" } as const;

const isKind = (kind: string): kind is keyof typeof KINDS => Object.hasOwn(KINDS, kind);

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { slug, noun } = await params;
  await getMe(slug);
  return { title: `${noun}, API reference` };
}

export default async function ReferencePartPage({ params }: Props) {
  const { slug, kind, noun } = await params;
  if (!isKind(kind)) notFound();
  const part = (await getReference())[kind].find(({ name }) => name === noun);
  if (part === undefined) notFound();
  return <ReferencePartView part={part} kind={KINDS[kind]} back={`/t/${slug}/reference`} />;
}
