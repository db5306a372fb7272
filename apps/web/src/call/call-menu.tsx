"use client";

import { Code } from "lucide-react";
import { usePath } from "#shell/me.tsx";
import { persist } from "#ui/late.ts";
import { Menu } from "#ui/menu.tsx";
import { TOOL_CLASS } from "#ui/popover.tsx";
import type { CallForm } from "./copy-call.ts";

/** What a page shows, as a program asks for it. */
export interface Call {
  /** Below `/api/v3`, with its query; left out where REST does not take the question. */
  rest?: string;
  procedure: string;
  input: object;
}

const load = () => persist(() => import("./copy-call.ts"));

/** Copies the call of what a page shows, for a shell or a program. */
export function CallMenu({ of = "page", ...call }: Call & { of?: "page" | "list" }) {
  const path = usePath();
  const copy = (form: CallForm) => () => void load().then(({ copyCall }) => copyCall(form, call));
  // On its way once somebody reaches for it.
  const prepare = (): void => void load();
  return (
    // Nobody calls from a phone.
    <div className="max-sm:hidden" onPointerEnter={prepare} onFocus={prepare}>
      <Menu
        label="Call"
        trigger={
          <span data-hint={`Copy the call of this ${of}`}>
            <Code aria-hidden className="size-3.5 text-muted" />
            <span className="sr-only">Copy the call of this {of}</span>
          </span>
        }
        triggerClass={TOOL_CLASS}
        entries={[
          { key: "curl", label: "Copy as curl", onSelect: copy("curl") },
          { key: "typescript", label: "Copy as TypeScript", onSelect: copy("typescript") },
          { key: "reference", label: "API reference", href: path("/reference") },
        ]}
      />
    </div>
  );
}
