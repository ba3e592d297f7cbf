import * as v from 'valibot';
import { runNight } from '../../../sandbox/demos/night/run-night.ts';
import { NightMeter } from '../../../sandbox/metering/night-meter.ts';
import { type AssessmentItem, assessmentItemSchema } from '../../../shared/contracts/evidence.ts';
import { NightWorld, synthesized } from '../../support/night-world.ts';

/**
 * A line says tomorrow what it said today, and reading lines is dear. Nobody answers, so that what is asked about is
 * looked at again the next night; whoever starts a run by hand has everything read anew, which is what to compare with.
 */
const CONFIGURATION = { policy: { maximumProposals: 5 } };

let night: NightWorld;
let meter: NightMeter;

beforeAll(async () => {
  night = await NightWorld.create({ functions: 150, configuration: CONFIGURATION });
  meter = new NightMeter(night.world, synthesized(CONFIGURATION).template);
});

afterAll(() => night.dispose());

function itemsOf(runId: string): Map<string, AssessmentItem> {
  const items: unknown[] = JSON.parse(
    night.account.s3.read(night.deployment.bucketName, `runs/${runId}/assessment-items.json`),
  );
  return new Map(items.map((item) => v.parse(assessmentItemSchema, item)).map((item) => [item.functionName, item]));
}

async function aNight(ordinal: number) {
  meter.beginAnew();
  const options = { approve: 'none', faults: false, night: ordinal, progress: () => undefined } as const;
  const { report } = await runNight(night.world, options);
  return { items: itemsOf(report!.runId), scannedBytes: meter.usage().logBytesScanned, report: report! };
}

it('reads of each function only the lines that no night has read, and knows as much as if it read them all', async () => {
  const first = await aNight(0);
  // What did not fit the first night's budget may be read on the second.
  await aNight(1);
  const third = await aNight(2);
  expect(first.scannedBytes).toBeGreaterThan(0);
  expect(third.scannedBytes).toBeLessThan(first.scannedBytes / 5);

  const readOn = [...third.items.values()].filter(({ memoryEvidence }) => memoryEvidence.newLines !== undefined);
  expect(readOn.length).toBeGreaterThan(1);
  const byHand = await night.report(await night.start({ dryRun: true }));
  const anew = itemsOf(byHand.runId);
  for (const { functionName, memoryEvidence } of readOn) {
    const { maxMemoryUsedMb, newLines } = anew.get(functionName)!.memoryEvidence;
    expect(newLines).toBeUndefined();
    expect(memoryEvidence.maxMemoryUsedMb).toBeGreaterThanOrEqual(maxMemoryUsedMb!);
  }
  const coverages = third.report.assessed
    .filter(({ functionName }) => readOn.some((item) => item.functionName === functionName))
    .map(({ assessment }) => assessment?.memory.coverage)
    .filter((coverage) => coverage !== undefined);
  expect(coverages.length).toBe(readOn.length);
  for (const coverage of coverages) expect(coverage).toBeGreaterThan(0.9);
});
