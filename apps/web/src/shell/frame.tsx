"use client";

import { usePathname } from "next/navigation";
import { memo, Suspense, useState, type ReactNode } from "react";
import { adminPlaceAt } from "#admin/admin-places.ts";
import { IconButton } from "#ui/button.tsx";
import { Glyph } from "#ui/glyph.tsx";
import { HeaderLater } from "./header-later.tsx";
import { Hotkeys } from "./hotkeys.tsx";
import { Banner, LiveIndicator } from "./live.tsx";
import { useMe, usePlaces } from "./me.tsx";
import { placeAt } from "./navigation.ts";
import { PaletteButton } from "./palette-button.tsx";
import type { Theme } from "./theme.ts";
import { Toaster } from "./toaster.tsx";
import { late } from "#ui/late.ts";

// Drawn by the server, and links before its script is there.
const Sidebar = late(async () => ({ default: (await import("./sidebar.tsx")).Sidebar }));
const Drawer = late(async () => ({ default: (await import("./drawer.tsx")).Drawer }));

/** Never drawn anew from here: until its script is there it stays as the server drew it. */
const SidebarLater = memo(function SidebarLater() {
  return (
    <Suspense>
      <Sidebar />
    </Suspense>
  );
});

/** A page that no entry of the sidebar leads to. */
const ACCOUNT = { label: "Your account" };

/** What stands around every page of a tenant, and of the platform: the sidebar (a drawer below 900 px) and the header. */
export function Frame({ theme, children }: { theme: Theme; children: ReactNode }) {
  const [drawer, setDrawer] = useState<"never" | "open" | "closed">("never");
  const { tenant } = useMe();
  const pathname = usePathname();
  const admin = adminPlaceAt(pathname);
  const base = `/t/${tenant.slug}`;
  const place = placeAt(usePlaces(), pathname, base);
  const entry = admin ?? place ?? (pathname === `${base}/account` ? ACCOUNT : undefined);
  return (
    <div className="min-h-dvh lg:grid lg:grid-cols-[14rem_minmax(0,1fr)]">
      <a
        href="#content"
        className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-40 focus:rounded-md focus:bg-raised focus:px-3 focus:py-2 focus:shadow-float"
      >
        Skip to content
      </a>
      <aside className="sticky top-0 hidden h-dvh border-r border-line lg:block">
        <SidebarLater />
      </aside>
      {drawer === "never" ? null : (
        <Suspense>
          <Drawer open={drawer === "open"} onClose={() => setDrawer("closed")} />
        </Suspense>
      )}
      <div className="flex min-w-0 flex-col">
        <header className="sticky top-0 z-20 border-b border-line bg-canvas">
          <div className="flex h-12 items-center gap-1 px-2 sm:gap-2 sm:px-6 pointer-coarse:h-14">
            <IconButton
              label="Open navigation"
              className="lg:hidden"
              onClick={() => setDrawer("open")}
            >
              <Glyph of="menu" className="size-4" />
            </IconButton>
            <p className="min-w-0 truncate text-sm">
              <span className="text-muted max-sm:hidden">
                {admin === undefined ? tenant.name : "Platform"}
              </span>
              {entry === undefined ? null : (
                <>
                  <span aria-hidden className="mx-2 text-line-strong max-sm:hidden">
                    /
                  </span>
                  {entry.label}
                </>
              )}
            </p>
            <div className="ml-auto flex items-center gap-1 sm:gap-2">
              <LiveIndicator />
              <PaletteButton />
              <HeaderLater theme={theme} />
            </div>
          </div>
          <Banner />
        </header>
        <main id="content" tabIndex={-1} className="flex-1 px-4 py-5 outline-none sm:px-6 sm:py-6">
          {children}
        </main>
      </div>
      <Hotkeys />
      <Toaster />
    </div>
  );
}
