"use client";

import { type ComponentType, type ReactNode, Suspense, useState } from "react";
import { Button, type ButtonVariant } from "./button.tsx";
import { late } from "./late.ts";

interface Opened {
  open: boolean;
  onClose: () => void;
}

type Load = () => Promise<{ default: ComponentType<Opened> }>;

/** Makes a button that opens a dialog, whose script comes when somebody reaches for it. */
export const dialogButton = (load: Load) => {
  const Dialog = late(load);
  return function DialogButton({
    children,
    variant,
  }: {
    children: ReactNode;
    variant?: ButtonVariant;
  }) {
    const [opened, setOpened] = useState(0);
    const [open, setOpen] = useState(false);
    // On its way once somebody reaches for it.
    const prepare = (): void => void load().catch(() => undefined);
    return (
      <>
        <Button
          variant={variant}
          onPointerEnter={prepare}
          onFocus={prepare}
          onClick={() => {
            setOpened(opened + 1);
            setOpen(true);
          }}
        >
          {children}
        </Button>
        {opened === 0 ? null : (
          <Suspense>
            {/* A form that is opened again begins anew. */}
            <Dialog key={opened} open={open} onClose={() => setOpen(false)} />
          </Suspense>
        )}
      </>
    );
  };
};
