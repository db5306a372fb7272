import { redirect } from "next/navigation";
import { getMe } from "#trpc/server.ts";

/** The door: on to the home tenant, or to the sign-in page. */
export default async function RootPage() {
  const { tenant } = await getMe(null);
  redirect(`/t/${tenant.slug}`);
}
