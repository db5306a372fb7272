import { DRAFT_START } from "./draft-key.ts";
import { RECENT_START } from "./recent-places.ts";

const forgetWhatIsKept = async (): Promise<void> => {
  try {
    for (const key of Object.keys(localStorage)) {
      if ([DRAFT_START, RECENT_START].some((start) => key.startsWith(start))) {
        localStorage.removeItem(key);
      }
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
  await forgetWhatIsKept();
  location.assign("/sign-in");
};
