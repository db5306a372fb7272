"use client";

import { Monitor, Moon, Sun } from "lucide-react";
import { useState } from "react";
import { IconButton } from "#ui/button.tsx";
import { applyTheme, THEMES, type Theme } from "./theme.ts";

const LOOKS = {
  system: { Icon: Monitor, label: "Theme: as the system" },
  light: { Icon: Sun, label: "Theme: light" },
  dark: { Icon: Moon, label: "Theme: dark" },
} as const;

/** Walks through system, light and dark. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const [theme, setTheme] = useState(initial);
  const { Icon, label } = LOOKS[theme];
  return (
    <IconButton
      label={label}
      onClick={() => {
        const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? "system";
        setTheme(next);
        applyTheme(next);
      }}
    >
      <Icon className="size-4" strokeWidth={1.75} />
    </IconButton>
  );
}
