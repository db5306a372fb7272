import { DRAFT_START } from "./draft-key.ts";

const forgetDrafts = async (): Promise<void> => {
  try {
    for (const key of Object.keys(localStorage)) {
      if (key.startsWith(DRAFT_START)) localStorage.removeItem(key);
    }
    const { forgetAllFiles } = await import("#intake/kept-files.ts");
    await forgetAllFiles();
  } catch {
    // The browser's store is closed: nothing was kept in it.
  }
};

/** Ends the session and leaves for the sign-in page with everything of the last person dropped. */
export const signOut = async (): Promise<void> => {
  await fetch("/api/auth/sign-out", {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: "{}",
  });
  await forgetDrafts();
  location.assign("/sign-in");
};
