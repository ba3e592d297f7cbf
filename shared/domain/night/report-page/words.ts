import type { ExclusionReason } from '../../../contracts/manifest.ts';
import type { ChangedOutcome } from '../../../contracts/outcome.ts';
import type { Fate } from './left-alone.ts';

export type Tone = 'good' | 'busy' | 'warning' | 'bad' | 'still';

/** How a change ended, in words for people who know none of ours. */
export const ENDINGS: Record<ChangedOutcome['kind'], { words: string; tone: Tone }> = {
  Verified: { words: 'verified', tone: 'good' },
  Watching: { words: 'still watched', tone: 'busy' },
  AwaitingDeployment: { words: 'left to its deployment', tone: 'busy' },
  Unverified: { words: 'kept, not proven', tone: 'warning' },
  RolledBack: { words: 'rolled back', tone: 'bad' },
  RollbackRefused: { words: 'worse, not ours to undo', tone: 'bad' },
  Failed: { words: 'failed', tone: 'bad' },
  Refused: { words: 'not applied', tone: 'still' },
  Rejected: { words: 'rejected', tone: 'still' },
  Expired: { words: 'nobody answered', tone: 'still' },
};

const REASONS: Record<ExclusionReason | 'TooLittleEvidence' | 'Failed', string> = {
  OptedOut: 'opted out by a tag',
  OutOfScope: "outside this run's scope",
  OwnPipeline: 'part of Rightsizer itself',
  LambdaAtEdge: 'Lambda@Edge',
  ManagedInstances: 'runs on managed instances',
  DurableFunction: 'durable function',
  DeprecatedRuntime: 'deprecated runtime',
  CodeSigning: 'code signing',
  NotActive: 'not active',
  UpdateInProgress: 'somebody was updating it',
  ReservedConcurrencyZero: 'switched off by reserved concurrency 0',
  AliasPinned: 'its traffic is pinned to an alias',
  CallerLimitsTimeout: 'a caller bounds its timeout',
  OpenProposal: 'already waits for a decision',
  OpenChange: 'a change is still watched',
  CoolingDown: 'cooling down',
  RevertedByDeploy: 'a deployment put our change back',
  WeeklyLook: 'costs less than looking at it, so it is looked at weekly',
  Changed: 'changed during the night',
  Claimed: 'another run has it',
  SourceUnavailable: 'something unsafe not to know could not be read',
  TooLittleEvidence: 'too few calls to tell',
  Failed: 'the assessment failed',
};

/** A reason in words; one of a later release as it is spelled. */
export const reasonWords = (reason: string): string => (REASONS as Readonly<Record<string, string>>)[reason] ?? reason;

export const FATES: Record<Fate['name'], string> = {
  changed: 'changed tonight',
  proposed: 'proposed, not changed',
  leftOut: 'worth asking, left for another night',
  right: 'right as they are, or nearly',
  unclear: 'too few calls, or failed',
  skipped: 'left alone',
};

const SOURCE_WORDS: Readonly<Record<string, string>> = {
  ComputeOptimizer: 'Compute Optimizer',
  ReportLines: 'REPORT lines in CloudWatch Logs',
  LambdaInsights: 'Lambda Insights',
  PriceList: 'AWS Price List',
  OpenChanges: 'changes still watched',
  none: 'none: memory use is not known',
};

/** A spoke's source bears the spoke's name behind its own. */
export function sourceWords(source: string): string {
  const [, own = source, where = ''] = /^(\w+)( of .+)$/.exec(source) ?? [];
  return `${SOURCE_WORDS[own] ?? own}${where}`;
}
