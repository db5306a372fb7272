import { AccountView } from "#account/account-view.tsx";
import { pageTitle } from "#shell/page-title.ts";

export const generateMetadata = pageTitle("Your account");

export default function AccountPage() {
  return <AccountView />;
}
