"use client";

import { clsx } from "clsx";
import { Link } from "#ui/link.tsx";
import { usePathname } from "next/navigation";
import { useMay } from "#shell/me.tsx";

const BASE = "/admin/db";

/** The three pages of the database. */
export function DbNav() {
  const pathname = usePathname();
  const mayQuery = useMay("platform:db.query");
  const mayRead = useMay("platform:db.read");
  const pages = [
    ...(mayRead ? [{ word: "Tables", below: "" }] : []),
    ...(mayQuery ? [{ word: "SQL", below: "/query" }] : []),
    ...(mayRead ? [{ word: "Drift", below: "/drift" }] : []),
  ];
  return (
    <nav aria-label="Database" className="mb-5 flex gap-5 border-b border-line">
      {pages.map(({ word, below }) => {
        const address = BASE + below;
        const isCurrent = pathname === address;
        return (
          <Link
            key={word}
            href={address}
            aria-current={isCurrent ? "page" : undefined}
            className={clsx(
              "-mb-px inline-flex h-9 items-center border-b-2 text-sm whitespace-nowrap pointer-coarse:h-11",
              isCurrent
                ? "border-accent-text font-medium text-text"
                : "border-transparent text-muted hover:text-text",
            )}
          >
            {word}
          </Link>
        );
      })}
    </nav>
  );
}
