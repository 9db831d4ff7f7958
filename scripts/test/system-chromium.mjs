import { existsSync } from "node:fs";

/**
 * Where systems keep Chromium. The shell first: the same engine without the windows around it, which on two cores does
 * the journeys in three quarters of the time.
 */
const places = [
  "/usr/bin/chromium-headless-shell",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
];

/** @returns {string | undefined} the program of the Chromium that this system has */
export function systemChromium() {
  return places.find((place) => existsSync(place));
}
