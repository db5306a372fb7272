"use client";

/** The last net: even the frame could not be drawn, so nothing of ours is used here. */
export default function GlobalError({ retry }: { retry: () => void }) {
  return (
    <html lang="en">
      <body style={{ fontFamily: "system-ui", padding: "3rem", colorScheme: "light dark" }}>
        <title>ScraperSky</title>
        <h1>ScraperSky could not be drawn</h1>
        <p>The server may be starting or away. Your data is not affected.</p>
        <button type="button" onClick={retry}>
          Try again
        </button>
      </body>
    </html>
  );
}
