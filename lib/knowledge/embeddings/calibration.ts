import { z } from "zod";
import { unit } from "../search/phrase-vectors";
import probes from "./probes.json";

/**
 * What the vectors of one model look like for pairs of short questions that mean the same in other words. The pairs are
 * the product's own (probes.json): nothing of a merchant's is needed, and a base of three entries is measured as well as
 * one of a thousand.
 */
const measured = z.object({
  /** Mean cosine of two questions that have nothing to do with each other. */
  apart: z.number(),
  /** Mean cosine of two that mean the same. */
  same: z.number(),
  /** Share of questions whose other wording is the nearest of all. 0–1 */
  found: z.number(),
});
export type Measured = z.infer<typeof measured>;

export const calibration = z.object({ dimension: z.int().min(1), zh: measured, en: measured });
export type Calibration = z.infer<typeof calibration>;

export type ProbeLanguage = "zh" | "en";

/** The same of the model that the search's weights were fitted with (`use-lite-en-1`), rounded; a test measures it again. */
export const REFERENCE = { apart: 0.27, same: 0.51 } as const;
/** Share found from which on a model is trusted at all, and in full. */
const TRUST = { from: 0.15, full: 0.4 } as const;
/** Closer together than this, alike and not alike cannot be told apart. */
const GAP_MIN = 0.02;

const languages: readonly ProbeLanguage[] = ["zh", "en"];

/** All texts that a model is measured by, in the order in which `calibrationOf` wants their vectors. */
export const PROBE_TEXTS: readonly string[] = languages.flatMap((language) => probes[language].flat());

const dot = (one: Float32Array, other: Float32Array): number =>
  one.reduce((sum, value, index) => sum + value * (other[index] ?? 0), 0);

const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

function measure(vectors: readonly Float32Array[]): Measured {
  const same: number[] = [];
  const apart: number[] = [];
  let found = 0;
  for (const [place, vector] of vectors.entries()) {
    const partner = place % 2 === 0 ? place + 1 : place - 1;
    const cosines = vectors.map((other, index) => (index === place ? -2 : dot(vector, other)));
    const own = cosines[partner] ?? -2;
    same.push(own);
    apart.push(...cosines.filter((_cosine, index) => index !== place && index !== partner));
    found += cosines.every((cosine, index) => index === partner || cosine < own) ? 1 : 0;
  }
  return { apart: mean(apart), same: mean(same), found: found / (vectors.length || 1) };
}

/** Measures a model. @param vectors of `PROBE_TEXTS`, in their order */
export function calibrationOf(vectors: readonly Float32Array[]): Calibration {
  const units = vectors.map(unit);
  const half = probes.zh.length * 2;
  return {
    dimension: units[0]?.length ?? 0,
    zh: measure(units.slice(0, half)),
    en: measure(units.slice(half)),
  };
}

/** How far a model is trusted with a language, 0–1: by what it found, whatever its numbers look like. */
export function trustOf({ apart, same, found }: Measured): number {
  return same - apart < GAP_MIN ? 0 : Math.min(1, Math.max(0, (found - TRUST.from) / (TRUST.full - TRUST.from)));
}

/** True for vectors that tell nothing apart in any language: a service that answers nonsense. */
export function isMeaningless({ zh, en }: Calibration): boolean {
  return trustOf(zh) === 0 && trustOf(en) === 0;
}

/**
 * A model's cosine in the measure that the search's weights know: two that are apart, two that say the same and two equal
 * ones come to lie where they lie in the model of the fit, what is between in a straight line.
 */
export function measureOf({ apart, same }: Measured): (cosine: number) => number {
  const gap = Math.max(same - apart, GAP_MIN);
  const slope = (REFERENCE.same - REFERENCE.apart) / gap;
  const rest = (1 - REFERENCE.same) / Math.max(1 - same, 1e-3);
  return (cosine) =>
    cosine <= same
      ? Math.max(-1, REFERENCE.apart + (cosine - apart) * slope)
      : Math.min(1, REFERENCE.same + (cosine - same) * rest);
}

/** How widely vectors spread around their middle beside those of the fit: the middle's share is what all have in common. */
export function spreadOf({ zh, en }: Calibration): number {
  const apart = trustOf(zh) >= trustOf(en) ? zh.apart : en.apart;
  return Math.max(0.02, 1 - apart) / (1 - REFERENCE.apart);
}

/** Whose numbers count for a text: Chinese where a good part of its letters is Han. */
export function languageOf(text: string): ProbeLanguage {
  const han = text.match(/[\u3400-\u9fff\uf900-\ufaff]/gu)?.length ?? 0;
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  return han * 3 >= letters && han > 0 ? "zh" : "en";
}
