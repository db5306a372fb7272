import type { Metadata } from "next";
import { DoorPage } from "#shell/door-page.tsx";
import { LinkForm } from "#shell/link-form.tsx";

export const metadata: Metadata = { title: "Set a password" };

export default function LinkPage() {
  return (
    <DoorPage title="Set a password">
      <LinkForm />
    </DoorPage>
  );
}
