export const THEMES = ["system", "light", "dark"] as const;
export type Theme = (typeof THEMES)[number];

/** The cookie lets the server draw the first paint in the right theme, so nothing flashes. */
export const THEME_COOKIE = "theme";

export const readTheme = (value: string | undefined): Theme =>
  THEMES.find((theme) => theme === value) ?? "system";

const YEAR_SECONDS = 31_536_000;

/** Changes the theme of this page and of all later ones. */
export const applyTheme = (theme: Theme): void => {
  document.documentElement.dataset.theme = theme;
  document.cookie = `${THEME_COOKIE}=${theme}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`;
};
