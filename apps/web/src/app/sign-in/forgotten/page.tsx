import type { Metadata } from "next";
import { DoorPage } from "#shell/door-page.tsx";
import { ForgottenForm } from "#shell/forgotten-form.tsx";

export const metadata: Metadata = { title: "Forgotten password" };

export default function ForgottenPage() {
  return (
    <DoorPage title="Forgotten password">
      <ForgottenForm />
    </DoorPage>
  );
}
