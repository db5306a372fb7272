import type { Metadata } from "next";
import { Link } from "#ui/link.tsx";
import { buttonClass } from "#ui/button.tsx";

export const metadata: Metadata = { title: "Not found" };

export default function NotFound() {
  return (
    <div className="flex flex-col items-center gap-2 py-20 text-center">
      <h1 className="text-xl font-medium">This does not exist here</h1>
      <p className="max-w-sm text-sm text-muted">
        The address may be mistyped, or what it named belongs to another tenant.
      </p>
      <Link href="/" className={buttonClass("secondary", "mt-2")}>
        Go to your overview
      </Link>
    </div>
  );
}
