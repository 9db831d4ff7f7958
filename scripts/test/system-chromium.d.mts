/** The program of the Chromium that this system has; undefined when it has none. */
export function systemChromium(): string | undefined;
