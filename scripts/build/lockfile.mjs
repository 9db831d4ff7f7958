const systems = ["aix", "android", "darwin", "freebsd", "linux", "netbsd", "openbsd", "openharmony", "sunos", "win32"];
const processors = { x64: "x64", arm64: "arm64", ia32: "ia32", arm: "arm", ppc64: "ppc64", s390x: "s390x" };
const otherProcessors = { riscv64: "riscv64", wasm32: "wasm32", loong64: "loong64", mips64el: "mips64el", x86: "ia32" };

/**
 * The optional packages that some package of the lockfile asks for and the lockfile lacks, as entries to add.
 * @param {{ packages: Record<string, { optionalDependencies?: Record<string, string>, dev?: boolean }> }} lockfile
 * @returns {[string, object][]}
 */
export function missingOptionalPackages(lockfile) {
  const found = new Map();
  for (const [parent, entry] of Object.entries(lockfile.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isExact = /^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version);
      if (isExact && !isLocked(lockfile.packages, parent, name, found)) {
        const isDevelopment = entry.dev === true || entry.devOptional === true;
        found.set(`node_modules/${name}`, {
          version,
          ...platformOf(name, isDevelopment),
        });
      }
    }
  }
  return [...found];
}

/** npm looks for a package in the asking one's own folder and then in each folder around it. */
function isLocked(packages, parent, name, found) {
  for (let folder = parent; ; folder = folder.slice(0, Math.max(folder.lastIndexOf("/node_modules/"), 0))) {
    const place = folder === "" ? `node_modules/${name}` : `${folder}/node_modules/${name}`;
    if (packages[place] || found.has(place)) {
      return true;
    }
    if (folder === "") {
      return false;
    }
  }
}

/** The entry's other fields, in npm's order. The platform stands in the name: "@scope/thing-linux-arm64-musl". */
function platformOf(name, isDevelopment) {
  const words = name.split("/").at(-1).split(/[-.]/);
  const all = { ...processors, ...otherProcessors, armv7: "arm", "arm-eabi": "arm", gnueabihf: "arm" };
  const os = systems.filter((system) => words.includes(system));
  const cpu = words.map((word) => all[word] ?? (word === "musleabihf" ? "arm" : undefined)).filter(Boolean);
  const libc = words.some((word) => word.startsWith("musl"))
    ? ["musl"]
    : words.some((word) => /^gnu/.test(word))
      ? ["glibc"]
      : [];
  return {
    ...(cpu.length > 0 ? { cpu: [...new Set(cpu)] } : {}),
    ...(isDevelopment ? { dev: true } : {}),
    ...(libc.length > 0 && os.includes("linux") ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}
