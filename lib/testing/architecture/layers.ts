import type { SourceFile } from "./source";

/** The domains in their order: a later one may import an earlier one, never the reverse. */
export const domains = [
  "audit",
  "settings",
  "files",
  "identity",
  "customers",
  "channels",
  "conversations",
  "knowledge",
  "tickets",
  "routing",
  "automations",
  "bot",
  "notifications",
  "analytics",
];

/** From the outside in. A file may import its own layer or any after it. */
const layers: readonly { readonly name: string; readonly paths: RegExp }[] = [
  { name: "entry", paths: /^(scripts|db\/seed|lib\/cli)\// },
  { name: "app", paths: /^(app\/|proxy\.ts|instrumentation\.ts|next\.config\.ts)/ },
  { name: "components", paths: /^components\// },
  { name: "web", paths: /^lib\/web\// },
  { name: "composition", paths: /^lib\/composition\// },
  { name: "domain", paths: new RegExp(`^lib/(${domains.join("|")})/`) },
  { name: "platform", paths: /^lib\/platform\// },
  { name: "db", paths: /^db\// },
  { name: "events", paths: /^lib\/events\// },
  { name: "i18n", paths: /^lib\/i18n\// },
  { name: "core", paths: /^lib\/core\// },
];

export function layerOf(file: string): { readonly name: string; readonly rank: number } | undefined {
  const rank = layers.findIndex(({ paths }) => paths.test(file));
  const layer = layers[rank];
  return layer && { name: layer.name, rank };
}

export function domainOf(file: string): string | undefined {
  const name = /^lib\/([^/]+)\//.exec(file)?.[1];
  return name !== undefined && domains.includes(name) ? name : undefined;
}

/** A domain's doors: what the rest of the house may import of it. `operations` bind contracts to use cases for routes. */
const entrance =
  /^lib\/[^/]+\/(?:.*[-/])?(service|queries|schema|contracts|permissions|operations|adapter|definition)\.ts$/;

/** Parts of lib that a browser may load. */
const clientSafe =
  /^lib\/(core|i18n|events)\/|^lib\/[^/]+\/(?:.*[-/])?(schema|contracts|permissions|definition)\.ts$|^lib\/platform\/http\/(contract|client|problem)\.ts$|^lib\/platform\/realtime\/(channels|(.*[-/])?client)\.tsx?$/;

interface ImportPair {
  readonly from: SourceFile;
  readonly target: string;
}

function importPairs(sources: readonly SourceFile[]): ImportPair[] {
  return sources
    .filter((file) => !file.isTest)
    .flatMap((from) => from.imports.flatMap(({ target }) => (target === undefined ? [] : [{ from, target }])));
}

function say(pairs: readonly ImportPair[]): string[] {
  return pairs.map(({ from, target }) => `${from.path} imports ${target}`);
}

export function importsAgainstLayers(sources: readonly SourceFile[]): string[] {
  return say(
    importPairs(sources).filter(({ from, target }) => {
      const [own, other] = [layerOf(from.path), layerOf(target)];
      return own !== undefined && other !== undefined && other.rank < own.rank;
    }),
  );
}

export function importsAgainstDomainOrder(sources: readonly SourceFile[]): string[] {
  return say(
    importPairs(sources).filter(({ from, target }) => {
      const [own, other] = [domainOf(from.path), domainOf(target)];
      return own !== undefined && other !== undefined && domains.indexOf(other) > domains.indexOf(own);
    }),
  );
}

export function importsPastTheDoor(sources: readonly SourceFile[]): string[] {
  return say(
    importPairs(sources).filter(({ from, target }) => {
      const [own, other] = [domainOf(from.path), domainOf(target)];
      const isOutsider = own !== undefined || from.path.startsWith("app/");
      return isOutsider && other !== undefined && own !== other && !entrance.test(target);
    }),
  );
}

export function componentsWithServerCode(sources: readonly SourceFile[]): string[] {
  return say(
    importPairs(sources).filter(({ from, target }) => {
      const isInside = from.path.startsWith("components/");
      return isInside && /^(lib|db)\//.test(target) && !clientSafe.test(target);
    }),
  );
}

export function frameworkOutsideWeb(sources: readonly SourceFile[]): string[] {
  return sources
    .filter((file) => !file.isTest && /^(lib|db)\//.test(file.path) && !/^lib\/(web|i18n)\//.test(file.path))
    .flatMap((file) =>
      file.imports
        .filter(({ specifier }) => /^(next|react|react-dom)(\/|$)/.test(specifier))
        .filter(({ specifier }) => !(specifier.startsWith("react") && /client\.tsx?$/.test(file.path)))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    );
}

export function impureCore(sources: readonly SourceFile[]): string[] {
  return sources
    .filter((file) => !file.isTest && /^lib\/(core|events)\//.test(file.path))
    .flatMap((file) =>
      file.imports
        .filter(({ specifier, target }) => target === undefined && !/^(zod|node:crypto)$/.test(specifier))
        .map(({ specifier }) => `${file.path} imports ${specifier}`),
    );
}

export function testCodeInProduction(sources: readonly SourceFile[]): string[] {
  // Benchmarks measure against the same stubs as tests, and ship as little.
  const production = sources.filter((file) => !file.path.startsWith("scripts/bench/"));
  return say(importPairs(production).filter(({ target }) => /^lib\/testing\/|^e2e\/|\.test\.tsx?$/.test(target)));
}

/** Groups of files that import each other in a circle (strongly connected parts of the import graph). */
export function importCircles(sources: readonly SourceFile[]): string[] {
  const graph = new Map(sources.filter((file) => !file.isTest).map((file) => [file.path, file]));
  const state = { index: 0, order: new Map<string, number>(), low: new Map<string, number>(), stack: [] as string[] };
  const circles: string[] = [];
  const visit = (name: string): void => {
    const number = state.index++;
    state.order.set(name, number);
    state.low.set(name, number);
    state.stack.push(name);
    for (const { target } of graph.get(name)?.imports ?? []) {
      if (target === undefined || !graph.has(target)) {
        continue;
      }
      if (!state.order.has(target)) {
        visit(target);
        state.low.set(name, Math.min(state.low.get(name) ?? 0, state.low.get(target) ?? 0));
      } else if (state.stack.includes(target)) {
        state.low.set(name, Math.min(state.low.get(name) ?? 0, state.order.get(target) ?? 0));
      }
    }
    if (state.low.get(name) === number) {
      const members = state.stack.splice(state.stack.indexOf(name));
      if (members.length > 1) {
        circles.push(members.sort().join(" ↔ "));
      }
    }
  };
  for (const name of graph.keys()) {
    if (!state.order.has(name)) {
      visit(name);
    }
  }
  return circles;
}
