import type { Metadata } from "next";
import { DoorPage } from "#shell/door-page.tsx";
import { SignInForm } from "#shell/sign-in-form.tsx";

export const metadata: Metadata = { title: "Sign in" };

export default function SignInPage() {
  return (
    <DoorPage title="Sign in">
      <SignInForm />
    </DoorPage>
  );
}
