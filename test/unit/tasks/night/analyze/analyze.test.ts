import * as v from 'valibot';
import { assessmentSchema, parseEstimateSavingsInput } from '../../../../../shared/contracts/assessment.ts';
import type { AnalyzeInput } from '../../../../../shared/contracts/evidence.ts';
import { acceptedMemory } from '../../../../../shared/domain/night/evidence/accepted-memory.ts';
import { analyze } from '../../../../../tasks/night/analyze/analyze.ts';
import { buildRequest } from '../../../../../tasks/night/analyze/build-request.ts';
import { MAX_CANDIDATES } from '../../../../../tasks/night/analyze/select-candidates.ts';
import {
  assessmentItem,
  functionMetrics,
  memoryEvidence,
  policy,
  runContext,
} from '../../../shared/domain/night/evidence/builders.ts';

const input = (changes: Partial<AnalyzeInput> = {}): AnalyzeInput => ({
  run: runContext(),
  item: assessmentItem(),
  metrics: functionMetrics(),
  ...changes,
});
const request = (given: AnalyzeInput) => buildRequest(given, acceptedMemory(given.item.memoryEvidence, given.metrics));
const former = {
  memorySizeMb: 2048,
  invocations: 900,
  meanDurationMs: 80,
  maxMemoryUsedMb: 350,
  codeSha256: 'q2hlY2tzdW0t',
};

describe('buildRequest', () => {
  it('puts production as it is now behind every size the ledger remembers', () => {
    const built = request(input({ item: assessmentItem({ observations: [former] }) }));
    expect(built.observations.map((each) => each.memorySizeMb)).toEqual([2048, 1024]);
    expect(built.observations[1]).toMatchObject({
      invocations: 14_000,
      meanDurationMs: 120,
      maxMemoryUsedMb: 200,
      lookbackDays: 14,
    });
    expect(built).toMatchObject({
      currentMemorySizeMb: 1024,
      requestsPerMonth: 30_438,
      bounds: { minMb: 128, maxMb: 10_240 },
    });
  });

  it('recognises the same code behind a shortened hash, and other code', () => {
    const built = request(
      input({ item: assessmentItem({ observations: [former, { ...former, codeSha256: 'other' }] }) }),
    );
    expect(built.observations[0]!.codeSha256).toBe(assessmentItem().codeSha256);
    expect(built.observations[1]!.codeSha256).toBe('other');
  });

  it('forgets what earlier observations used when tonight has no memory evidence', () => {
    const item = assessmentItem({ observations: [former], memoryEvidence: memoryEvidence({ reportCount: 10 }) });
    expect(request(input({ item })).observations.every((each) => each.maxMemoryUsedMb === undefined)).toBe(true);
  });

  it.each([
    [1023, 0],
    [1024, 1],
  ])('takes %i MB used of 1,024 for %i out-of-memory', (maxMemoryUsedMb, outOfMemoryCount) => {
    const item = assessmentItem({ memoryEvidence: memoryEvidence({ maxMemoryUsedMb }) });
    expect(request(input({ item })).outOfMemoryCount).toBe(outOfMemoryCount);
  });

  it.each([
    ['without metrics', undefined],
    ['with throttles only', functionMetrics({ invocations: 0, meanDurationMs: undefined })],
  ])('has no observation of now %s', (_what, metrics) => {
    expect(request(input({ metrics })).observations).toEqual([]);
  });
});

describe('analyze', () => {
  it('answers an assessment that keeps its contract and the next parser accepts', async () => {
    const { assessment } = await analyze(input());
    expect(v.parse(assessmentSchema, assessment)).toEqual(assessment);
    expect(parseEstimateSavingsInput({ run: runContext(), assessment }).assessment).toEqual(assessment);
    expect(assessment.memory).toEqual({ source: 'ReportLines', maxMemoryUsedMb: 200, coverage: 1 });
  });

  it('is Unavailable with insufficient data, not zero, when there are no metrics', async () => {
    const { assessment } = await analyze(input({ metrics: undefined }));
    expect(assessment).toMatchObject({ finding: 'Unavailable', findingReasons: ['InsufficientData'] });
    expect(assessment.reason).toContain('CloudWatch has no usable metrics');
    expect(assessment.recommended).toEqual(assessment.current);
    expect(assessment).not.toHaveProperty('metrics');
  });

  it.each([
    ['there is none', { source: 'none' as const, reason: 'no log group' }],
    ['too few lines were found', memoryEvidence({ reportCount: 100 })],
    ['the group is shared', memoryEvidence({ reportCount: 30_000 })],
  ])('never lowers memory when %s', async (_what, evidence) => {
    const { assessment } = await analyze(
      input({ item: assessmentItem({ memorySizeMb: 3008, memoryEvidence: evidence }) }),
    );
    expect(assessment.recommended.memorySizeMb).toBeGreaterThanOrEqual(3008);
    expect(assessment.memory.maxMemoryUsedMb).toBeUndefined();
    expect(assessment.memory.reason).toBeTruthy();
  });

  it("never goes below what the runtime's own settings claim", async () => {
    const item = assessmentItem({
      memorySizeMb: 3008,
      runtimeMemoryFloorMb: 2_900,
      memoryEvidence: memoryEvidence({ maxMemoryUsedMb: 100 }),
    });
    const { assessment } = await analyze(input({ item }));
    expect(assessment.recommended.memorySizeMb).toBeGreaterThanOrEqual(2_900);
  });

  it.each([128, 512, 1024, 3008, 10_240])(
    'keeps the rows of %i MB and the recommended size within eight rows and 3.5 KB',
    async (memorySizeMb) => {
      const item = assessmentItem({
        memorySizeMb,
        memoryEvidence: memoryEvidence({ maxMemoryUsedMb: 90 }),
        tags: { team: 'checkout' },
      });
      const { assessment } = await analyze(
        input({ item, run: runContext({ policy: policy({ strategy: 'balanced' }) }) }),
      );
      const sizes = assessment.candidates.map((each) => each.memorySizeMb);
      expect(sizes).toEqual([...sizes].sort((a, b) => a - b));
      expect(sizes).toEqual(expect.arrayContaining([memorySizeMb, assessment.recommended.memorySizeMb]));
      expect(sizes.length).toBeLessThanOrEqual(MAX_CANDIDATES);
      expect(Buffer.byteLength(JSON.stringify(assessment))).toBeLessThan(3_584);
    },
  );

  it('rejects an input without an item', async () => {
    await expect(analyze({ run: runContext() })).rejects.toMatchObject({ name: 'InvalidInput' });
  });
});
