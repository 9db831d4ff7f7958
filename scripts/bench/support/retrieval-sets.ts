/** A question set with what the best of twenty open baselines reached on it and what is aimed at. */
export interface RetrievalSet {
  readonly name: string;
  /** Without the similar questions that come with it. */
  readonly cold?: true;
  readonly baseline: number;
  readonly aim: number;
  readonly baselineAuroc?: number;
  readonly aurocAim?: number;
  /** Share of all questions answered while nine of ten answers are right. */
  readonly answeredAim?: number;
}

export const RETRIEVAL_SETS: readonly RetrievalSet[] = [
  { name: "zh-telecom", baseline: 0.703, aim: 0.83, answeredAim: 0.7 },
  { name: "zh-ths", baseline: 0.641, aim: 0.74, answeredAim: 0.63 },
  { name: "zh-ths", cold: true, baseline: 0.504, aim: 0.55, answeredAim: 0.28 },
  { name: "zh-ths-oos", baseline: 0.655, aim: 0.74, baselineAuroc: 0.812, aurocAim: 0.86, answeredAim: 0.23 },
  { name: "zh-mix", baseline: 0.558, aim: 0.59, baselineAuroc: 0.781, aurocAim: 0.79, answeredAim: 0.22 },
  { name: "zh-general", baseline: 0.927, aim: 0.955 },
  { name: "zh-ant", baseline: 0.301, aim: 0.33 },
  { name: "zh-bank", baseline: 0.175, aim: 0.2 },
  { name: "zhtw-esun", baseline: 0.646, aim: 0.66, answeredAim: 0.45 },
  { name: "en-banking77", baseline: 0.57, aim: 0.77, answeredAim: 0.68 },
  { name: "en-banking77-oos", baseline: 0.597, aim: 0.8, baselineAuroc: 0.671, aurocAim: 0.83, answeredAim: 0.45 },
  { name: "en-clinc-oos", baseline: 0.708, aim: 0.87, baselineAuroc: 0.87, aurocAim: 0.95, answeredAim: 0.72 },
  { name: "en-bitext", baseline: 0.82, aim: 0.955 },
  { name: "en-hint3-curekart", baseline: 0.674, aim: 0.85, baselineAuroc: 0.779, aurocAim: 0.87 },
  { name: "en-hint3-powerplay11", baseline: 0.578, aim: 0.66, baselineAuroc: 0.76, aurocAim: 0.83 },
  { name: "en-hint3-sofmattress", baseline: 0.643, aim: 0.79, baselineAuroc: 0.822, aurocAim: 0.83 },
  { name: "en-quora", baseline: 0.823, aim: 0.88, answeredAim: 0.93 },
  { name: "en-stackfaq", baseline: 0.742, aim: 0.85, answeredAim: 0.82 },
  { name: "en-covidfaq", baseline: 0.483, aim: 0.52 },
];
