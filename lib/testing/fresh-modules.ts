import { vi } from "vitest";

/**
 * Files of one worker share its process: each begins with our modules, their globals and the environment as at the start.
 * Packages stay loaded, which is most of what starting a file costs.
 */
vi.resetModules();
vi.unstubAllEnvs();
for (const slot of Object.getOwnPropertySymbols(globalThis)) {
  if (slot.description?.startsWith("yingda.")) {
    Reflect.deleteProperty(globalThis, slot);
  }
}
