"use strict";
// Loaded before any command by `node --require`: an older Node cannot read the commands themselves, and this it can, from 8 on.
const NODE_MAJOR_MIN = 20;

if (Number(process.versions.node.split(".")[0]) < NODE_MAJOR_MIN) {
  process.stderr.write(
    "\nScraperSky needs Node.js " +
      NODE_MAJOR_MIN +
      " or newer to start; this is " +
      process.versions.node +
      ".\nInstall a current version from https://nodejs.org and run the command again.\n",
  );
  process.exit(1);
}
