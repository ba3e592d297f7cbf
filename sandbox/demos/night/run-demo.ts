import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseNightReport } from '../../../shared/contracts/night-report.ts';
import { type NightPage, PAGE_NAMES } from '../../../shared/domain/night/report-page/page-names.ts';
import { spokenName } from '../../../shared/domain/organization/place.ts';
import { functionMonthlyCostUsd, trueMeanDurationMs } from '../../fleet/accounting.ts';
import { armFaults } from './faults.ts';
import { sizesNow } from './invariants.ts';
import type { DemoOptions } from './options.ts';
import { hubFunctions, organizationConfiguration, organizationSpokes } from './organization.ts';
import { type PlaceFigures, placeFigures } from './place-figures.ts';
import { placesOf, type WorldPlace, worldMonthlyCostUsd } from './places.ts';
import { quietHandlers } from './quiet-handlers.ts';
import { cents, type Night, type NightFigures, runNight } from './run-night.ts';
import { type ServedPage, servePage } from './serve-page.ts';
import { spareThreads } from './spare-threads.ts';
import { createWorld, type World } from './world.ts';

/** A fixed date, so that the same seed prints the same output on any day. */
const START_MS = Date.parse('2026-11-02T00:00:00Z');
/** `cost`'s default guard, and the tolerance of the measurements behind the curves (differences under 2 % mean nothing). */
const MAX_SLOWDOWN = 0.1;
const MEASURING_TOLERANCE = 0.02;
const REPORT_FOLDER = '.demo';

export interface Saving {
  functionName: string;
  memorySizeMbBefore: number;
  memorySizeMbAfter: number;
  savedUsdPerMonth: number;
}

export interface DemoResult {
  seed: number;
  functions: number;
  nights: NightFigures[];
  monthlyCostUsd: { start: number; end: number };
  functionsBeyondSlowdownGuard: number;
  violations: string[];
  /** What came of each account and region; only where there are several. */
  places: PlaceFigures[] | undefined;
  largestSavings: Saving[];
  reportFile: string | undefined;
  pageFiles: string[];
}

export async function runDemo(options: DemoOptions, progress: (text: string) => void): Promise<DemoResult> {
  quietHandlers();
  const page =
    options.approve === 'interactive'
      ? await servePage((event) => world.deployment.invoke('serve-page', event) as never)
      : undefined;
  progress('synthesizing the stack and filling the account');
  const world: World = await createWorld({
    functions: hubFunctions(options),
    seed: options.seed,
    startMs: START_MS,
    configuration: organizationConfiguration(options.accounts),
    spokes: organizationSpokes(options),
    threads: spareThreads(),
    ...(page && { apiEndpoint: page.url }),
  });
  try {
    return await runNights(world, options, progress);
  } finally {
    await closeWorld(world, page);
  }
}

async function runNights(world: World, options: DemoOptions, progress: (text: string) => void): Promise<DemoResult> {
  const startSizes = sizesNow(world);
  const startUsd = worldMonthlyCostUsd(world, START_MS);
  if (options.faults) armFaults(world);
  const nights: Night[] = [];
  for (let at = 0; at < options.nights; at += 1) {
    progress(`night ${at + 1} of ${options.nights}`);
    nights.push(await runNight(world, { approve: options.approve, faults: options.faults, night: at, progress }));
  }
  writePage(options.report, 'report', nights, world);
  writePage(options.sinceBeginning, 'since-the-beginning', nights, world);
  return {
    seed: options.seed,
    functions: options.functions,
    nights: nights.map(({ figures }) => figures),
    monthlyCostUsd: { start: cents(startUsd), end: cents(worldMonthlyCostUsd(world, world.clock.now())) },
    functionsBeyondSlowdownGuard: countBeyondGuard(world, startSizes),
    violations: nights.flatMap(({ violations }) => violations),
    places: options.accounts === 1 ? undefined : placeFigures(world, nights, START_MS),
    largestSavings: savingsOf(world, startSizes),
    reportFile: options.json ? undefined : writeReport(nights),
    pageFiles: [options.report, options.sinceBeginning].filter((file) => file !== undefined),
  };
}

/** Functions whose true mean duration at today's size is beyond the guard, against the size they began with. */
function countBeyondGuard(world: World, start: ReturnType<typeof sizesNow>): number {
  const limit = (1 + MAX_SLOWDOWN) * (1 + MEASURING_TOLERANCE);
  const beyond = ({ fleet, account, keyOf }: WorldPlace) =>
    fleet.functions.filter((fn) => {
      const now = account.lambda.functions.find(fn.name)?.configuration.MemorySize;
      const before = start.get(keyOf(fn.name))?.memorySizeMb;
      if (now === undefined || before === undefined) return false;
      return trueMeanDurationMs(fn, now) > trueMeanDurationMs(fn, before) * limit;
    });
  return placesOf(world).flatMap(beyond).length;
}

function savingsOf(world: World, start: ReturnType<typeof sizesNow>): Saving[] {
  return placesOf(world)
    .flatMap((place) => savingsAt(place, world.clock.now(), start))
    .toSorted((a, b) => b.savedUsdPerMonth - a.savedUsdPerMonth);
}

function savingsAt({ fleet, account, keyOf }: WorldPlace, nowMs: number, start: ReturnType<typeof sizesNow>): Saving[] {
  return fleet.functions.flatMap((fn) => {
    const memorySizeMbAfter = account.lambda.functions.find(fn.name)?.configuration.MemorySize;
    const memorySizeMbBefore = start.get(keyOf(fn.name))?.memorySizeMb;
    if (memorySizeMbAfter === undefined || memorySizeMbBefore === undefined || memorySizeMbAfter === memorySizeMbBefore)
      return [];
    const savedUsdPerMonth = functionMonthlyCostUsd(fn, START_MS) - functionMonthlyCostUsd(fn, nowMs);
    return [
      {
        functionName: spokenName(keyOf(fn.name)),
        memorySizeMbBefore,
        memorySizeMbAfter,
        savedUsdPerMonth: cents(savedUsdPerMonth),
      },
    ];
  });
}

/** The nights' reports as SummarizeRun wrote them, for whoever wants to look closer. */
function writeReport(nights: readonly Night[]): string {
  mkdirSync(REPORT_FOLDER, { recursive: true });
  const file = path.join(REPORT_FOLDER, 'report.json');
  writeFileSync(
    file,
    JSON.stringify(
      nights.map(({ figures, report }) => ({ ...figures, report })),
      null,
      2,
    ),
  );
  return file;
}

/** A page of the last night that has one, as its last state drew it. */
function writePage(
  file: string | undefined,
  name: NightPage,
  nights: readonly Night[],
  { account, deployment }: World,
): void {
  const last = nights.findLast(({ report }) => report !== undefined)?.report;
  if (file === undefined || last === undefined) return;
  writeFileSync(
    file,
    account.s3.read(deployment.bucketName, `runs/${parseNightReport(last).runId}/${PAGE_NAMES[name]}`),
  );
}

async function closeWorld(world: World, page: ServedPage | undefined): Promise<void> {
  world.deployment.dispose();
  await page?.close();
}
