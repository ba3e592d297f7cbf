import type { FaultKind } from './fault-kinds.ts';
import { judge } from './invariants/judge.ts';
import { playConfiguration } from './scenarios/configuration.ts';
import { INCIDENTS } from './scenarios/incidents.ts';
import { playNights } from './scenarios/night.ts';
import { NIGHT_VARIANTS } from './scenarios/night-fleet.ts';
import { playIncident } from './scenarios/remediation.ts';
import type { Played } from './scenarios/scenario.ts';
import { FaultPlan } from './seam/fault-plan.ts';
import { CapturedLog } from './world/captured-log.ts';

/** How one seed ended; plain data, since runs are dealt to threads. */
export interface SeedResult {
  readonly seed: number;
  readonly scenario: string;
  readonly faults: Partial<Record<FaultKind, number>>;
  /** Kinds by operation. */
  readonly operations: Record<string, FaultKind[]>;
  readonly crashPoints: string[];
  readonly violations: string[];
  readonly seconds: number;
}

type Play = (seed: number, plan: FaultPlan) => Promise<Played>;

interface Scene {
  readonly name: string;
  readonly play: Play;
}

const nights: Scene[] = NIGHT_VARIANTS.map((variant) => ({
  name: `night ${variant}`,
  play: (seed, plan) => playNights({ variant, hasPlaces: false }, seed, plan),
}));
/** The same with other accounts and regions; nobody says there where people must sign in. */
const nightsOverPlaces: Scene[] = NIGHT_VARIANTS.filter((variant) => variant !== 'signIn').map((variant) => ({
  name: `night ${variant} over places`,
  play: (seed, plan) => playNights({ variant, hasPlaces: true }, seed, plan),
}));
const incidents: Scene[] = INCIDENTS.map(({ name: incident }, at) => ({
  name: `incident ${incident}`,
  play: (seed, plan) => playIncident({ incident, asksFirst: (seed + at) % 4 === 0 }, seed, plan),
}));
const configurations: Scene[] = (['classes', 'measured'] as const).map((mode) => ({
  name: `configuration ${mode}`,
  play: (seed, plan) => playConfiguration(mode, seed, plan),
}));

/** Every forty seeds in a row play each of these, whichever is the first: four rounds of ten. */
const ROUND = 10;
const ROUNDS = 4;

/**
 * A night in half of the runs, an incident in three of ten, a configuration in two. Three of four nights are over several
 * places, and of those one in three has no trouble but theirs.
 */
function sceneOf(seed: number): { scene: Scene; round: number; isQuiet?: boolean } {
  const place = seed % ROUND;
  const round = Math.floor(seed / ROUND);
  const turn = (place + round) % ROUNDS;
  const overPlaces = turn === 0 ? undefined : nightsOverPlaces[place];
  if (overPlaces !== undefined) return { scene: overPlaces, round, isQuiet: turn === 1 };
  if (place < 5) return { scene: nights[place]!, round };
  if (place >= 8) return { scene: configurations[place - 8]!, round };
  const nth = round * 3 + (place - 5);
  return { scene: incidents[nth % incidents.length]!, round: Math.floor(nth / incidents.length) + round };
}

export const SEEDS_OF_ALL_SCENES = ROUND * ROUNDS;

/** Plays what a seed says and judges it; the same seed does the same, whatever ran before it. */
export async function runSeed(seed: number): Promise<SeedResult> {
  const startMs = performance.now();
  const { scene, round, isQuiet = false } = sceneOf(seed);
  const log = new CapturedLog();
  try {
    const { evidence, count, violations = [] } = await scene.play(seed, new FaultPlan(seed, round, isQuiet));
    const found = [...violations, ...judge({ ...evidence, logLines: log.lines })];
    if (count.isEndless) found.push('the run had to be stopped: it called AWS without end');
    return {
      ...{ seed, scenario: scene.name, faults: Object.fromEntries(count.byKind) },
      operations: Object.fromEntries([...count.byOperation].map(([operation, kinds]) => [operation, [...kinds]])),
      ...{ crashPoints: [...count.crashPoints], violations: found, seconds: secondsSince(startMs) },
    };
  } catch (error) {
    const what = `the run itself broke off: ${(error as Error).stack}`;
    return {
      seed,
      scenario: scene.name,
      faults: {},
      operations: {},
      crashPoints: [],
      violations: [what],
      seconds: secondsSince(startMs),
    };
  } finally {
    log.stop();
  }
}

const secondsSince = (startMs: number): number => Math.round((performance.now() - startMs) / 10) / 100;
