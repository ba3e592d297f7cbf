import type { AssessedCandidate, Assessment } from '../../../shared/contracts/assessment.ts';
import type { ProposalRecord, RunRecord } from '../../../shared/contracts/ledger.ts';
import { hashLinkId } from '../../../shared/domain/approval/page-access/link-id.ts';
import { changeReason } from '../../../shared/domain/night/recommendation/reason.ts';
import type { Candidate } from '../../../shared/domain/night/recommendation/types.ts';

/** A run as PrepareApprovals leaves it, with proposals of every kind; made from a seed, so that pictures repeat. */
export const RUN_ID = 'scheduled-2026-11-23';
export const LINK_ID = Buffer.alloc(32, 7).toString('base64url');
export const PREPARED_AT = '2026-11-23T02:10:00.000Z';
export const EXPIRES_AT = '2026-11-23T20:00:00.000Z';
export const MORNING_MS = Date.parse('2026-11-23T07:30:00.000Z');

export function fixtureRun(overrides: Partial<RunRecord> = {}): RunRecord {
  return {
    runId: RUN_ID,
    runDate: '2026-11-23',
    trigger: 'schedule',
    executionArn: 'arn:aws:states:eu-west-1:123456789012:execution:nightly:scheduled-2026-11-23',
    startedAt: '2026-11-23T01:00:00.000Z',
    approvalExpiresAt: EXPIRES_AT,
    status: 'running',
    proposalCount: 0,
    linkHash: hashLinkId(LINK_ID),
    nonceKey: '8f'.repeat(32),
    ...overrides,
  };
}

const SIZES_MB = [128, 256, 512, 768, 1024, 1536, 1769, 2048, 3008];
const VERBS = ['resize', 'index', 'charge', 'notify', 'export', 'render', 'ingest', 'reconcile', 'score', 'archive'];
const NOUNS = ['orders', 'invoices', 'thumbnails', 'sessions', 'catalogue', 'payments', 'events', 'reports'];
const TEAMS = ['checkout', 'search', 'media', 'finance'];
const TOOLS = ['cdk', 'sam', 'cloudformation', 'terraform', 'unknown'];

/** `count` proposals, all pending. */
export function fixtureProposals(count: number, seed = 1): ProposalRecord[] {
  const random = seededRandom(seed);
  return Array.from({ length: count }, (_, index) => fixtureProposal(index, random));
}

function fixtureProposal(index: number, random: () => number): ProposalRecord {
  const noun = NOUNS[index % NOUNS.length]!;
  const verb = VERBS[Math.floor(index / NOUNS.length) % VERBS.length]!;
  const round = Math.floor(index / (NOUNS.length * VERBS.length));
  const functionName = `${noun}-${verb}${round === 0 ? '' : `-${round + 1}`}`;
  const assessment = fixtureAssessment(functionName, index, random);
  const invocations = assessment.metrics!.invocationsPerMonth;
  const [before, after] = [assessment.current, assessment.recommended].map((each) => {
    const candidate = assessment.candidates.find(({ memorySizeMb }) => memorySizeMb === each.memorySizeMb)!;
    return (candidate.costUsdPerMillion * invocations) / 1e6;
  }) as [number, number];
  return {
    runId: RUN_ID,
    functionName,
    functionArn: assessment.functionArn,
    status: 'pending',
    assessment,
    savings: {
      costUsdPerMonthBefore: before,
      costUsdPerMonthAfter: after,
      requestsUsdPerMonth: 0,
      savingsUsdPerMonth: before - after,
      savingsUsdPerYear: (before - after) * 12,
      pricesAsOf: '2026-09-19',
      priceSource: index % 3 === 0 ? 'Fallback' : 'PriceList',
    },
    createdAt: PREPARED_AT,
    expiresAt: EXPIRES_AT,
  };
}

function fixtureAssessment(functionName: string, index: number, random: () => number): Assessment {
  const currentAt = 3 + Math.floor(random() * 6);
  const raises = index % 9 === 5;
  const recommendedAt = Math.min(SIZES_MB.length - 1, Math.max(0, currentAt + (raises ? 1 : random() < 0.2 ? -2 : -1)));
  const currentMb = SIZES_MB[currentAt]!;
  const recommendedMb = SIZES_MB[recommendedAt]!;
  const ioShare = raises ? 0.05 : 1 - 0.35 * random() ** 2;
  const meanAtFullCpuMs = 20 + 900 * random() ** 3;
  const candidates = SIZES_MB.map((memorySizeMb) => candidateAt(memorySizeMb, currentMb, ioShare, meanAtFullCpuMs));
  const now = candidates[currentAt]!;
  const invocationsPerMonth = Math.round((40_000 + 90_000_000 * random() ** 3) * (raises ? 0.05 : 1));
  const proposed = candidates[recommendedAt]!;
  const stack = `${functionName.split('-')[0]}-prod`;
  const tool = TOOLS[index % TOOLS.length]!;
  const usedMb = Math.round(Math.min(currentMb, recommendedMb) * (0.35 + 0.4 * random()));
  return {
    functionName,
    functionArn: `arn:aws:lambda:eu-west-1:123456789012:function:${functionName}`,
    architecture: index % 4 === 0 ? 'x86_64' : 'arm64',
    codeSha256: `sha-${index}`,
    owner: {
      tool,
      team: TEAMS[index % TEAMS.length]!,
      ...(tool !== 'terraform' && tool !== 'unknown' && { stackName: stack, logicalId: `Handler${index}A1B2C3D4` }),
    },
    tags: { team: TEAMS[index % TEAMS.length]!, environment: 'prod' },
    finding: 'NotOptimized',
    findingReasons: [raises ? 'MemoryUnderprovisioned' : 'MemoryOverprovisioned'],
    reason: reasonOf({ now, proposed, usedMb, invocationsPerMonth }),
    risk: riskOf(proposed.p95DurationUpperMs / now.p95DurationMs - 1),
    current: { memorySizeMb: currentMb, timeoutSeconds: 30 },
    recommended: { memorySizeMb: recommendedMb, timeoutSeconds: index % 11 === 0 ? 60 : 30 },
    baselineMemorySizeMb: currentMb,
    ephemeralStorageMb: 512,
    metrics: {
      from: '2026-11-09T00:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
      invocations: Math.round((invocationsPerMonth * 14) / 30),
      errors: Math.round(invocationsPerMonth * 0.0001 * random()),
      throttles: 0,
      invocationsPerMonth,
      meanDurationMs: now.meanDurationMs * (0.97 + 0.06 * random()),
      p50DurationMs: now.meanDurationMs * 0.8,
      p95DurationMs: now.p95DurationMs * (0.97 + 0.06 * random()),
      p99DurationMs: now.p95DurationMs * 1.5,
      maxDurationMs: now.p95DurationMs * 4,
      maxConcurrentExecutions: Math.ceil(40 * random()),
    },
    memory: {
      source: index % 2 === 0 ? 'ReportLines' : 'ComputeOptimizer',
      maxMemoryUsedMb: usedMb,
      coverage: 0.6 + 0.4 * random(),
    },
    candidates,
    advice:
      index % 4 === 0
        ? [
            {
              kind: 'arm64',
              message: 'It would run on arm64, which costs a fifth less.',
              estimatedSavingsUsdPerMonth: 12.5,
            },
          ]
        : [],
  };
}

function riskOf(worstSlowdown: number): Assessment['risk'] {
  if (worstSlowdown < 0.06) return 'VeryLow';
  if (worstSlowdown < 0.15) return 'Low';
  return worstSlowdown < 0.3 ? 'Medium' : 'High';
}

function candidateAt(
  memorySizeMb: number,
  currentMb: number,
  ioShare: number,
  meanAtFullCpuMs: number,
): AssessedCandidate {
  const shapeAt = (mb: number) => ioShare + (1 - ioShare) * (1769 / Math.min(mb, 1769));
  const meanDurationMs = meanAtFullCpuMs * shapeAt(memorySizeMb);
  const uncertainty = 0.02 + 0.09 * Math.abs(Math.log2(memorySizeMb / currentMb));
  const costAt = (mb: number) => ((meanAtFullCpuMs * shapeAt(mb)) / 1000) * (mb / 1024) * 13.3334 + 0.2;
  const relativeDuration = shapeAt(memorySizeMb) / shapeAt(currentMb);
  return {
    memorySizeMb,
    meanDurationMs,
    meanDurationLowerMs: meanDurationMs * (1 - uncertainty),
    meanDurationUpperMs: meanDurationMs * (1 + uncertainty),
    p95DurationMs: meanDurationMs * 1.9,
    p95DurationLowerMs: meanDurationMs * 1.9 * (1 - 1.3 * uncertainty),
    p95DurationUpperMs: meanDurationMs * 1.9 * (1 + 1.3 * uncertainty),
    costUsdPerMillion: costAt(memorySizeMb),
    relativeCost: costAt(memorySizeMb) / costAt(currentMb),
    relativeDuration,
    meetsGuard: relativeDuration <= 1.1,
    observed: memorySizeMb === currentMb,
  };
}

/** mulberry32. */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** As the product itself would say it, so that no picture shows a sentence that nobody will ever read. */
function reasonOf(seen: {
  now: AssessedCandidate;
  proposed: AssessedCandidate;
  usedMb: number;
  invocationsPerMonth: number;
}): string {
  const { now, proposed, usedMb, invocationsPerMonth } = seen;
  const { memorySizeMb, meanDurationMs } = now;
  return changeReason(
    {
      ...{ id: 'fixture', functionName: 'fixture', architecture: 'arm64', timeoutSeconds: 30, strategy: 'cost' },
      ...{ currentMemorySizeMb: memorySizeMb, requestsPerMonth: invocationsPerMonth },
      observations: [{ memorySizeMb, meanDurationMs, invocations: 10_000, maxMemoryUsedMb: usedMb }],
    },
    // A fixture's rows hold what the sentence is made of.
    { predicted: proposed as Candidate, expectedGain: 1.4 * (1 - proposed.relativeCost), nights: 5 },
  );
}
