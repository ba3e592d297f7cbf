import { writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import path from 'node:path';
import { STSClient } from '@aws-sdk/client-sts';
import { createClient } from '../../shared/clients/sdk.ts';
import { clock } from '../../shared/clock.ts';
import { DEFAULT_POLICY } from '../../shared/contracts/default-policy.ts';
import { STRATEGIES } from '../../shared/domain/night/recommendation/types.ts';
import { assessAccount } from '../assess/assess-account.ts';
import { assessmentHtml } from '../assess/assessment-html.ts';
import { assessmentJson } from '../assess/assessment-json.ts';
import { assessmentText } from '../assess/assessment-text.ts';
import { paceCalls } from '../assess/pace.ts';
import { assessPolicy } from '../assess/policy-document.ts';
import { Progress } from '../assess/progress.ts';
import { assessmentRun } from '../assess/run-context.ts';
import { SavedSteps } from '../assess/saved-steps.ts';
import { askWhoCalls } from '../clients/caller-identity.ts';
import type { CommandResult, Terminal } from '../command.ts';
import { refuse } from '../input/usage-error.ts';

export interface AssessOptions {
  strategy?: string;
  html?: string;
  scanGb?: string;
  fresh?: boolean;
  printPolicy?: boolean;
}

/** What was found out longer ago is found out anew. */
const SAVED_FOR_MS = 6 * 3_600_000;
const GB = 1e9;

/** Read-only: what the nights of a deployed Rightsizer would propose, without deploying anything. */
export async function assess(
  options: AssessOptions,
  { stderr, environment, colors }: Pick<Terminal, 'stderr' | 'environment' | 'colors'>,
): Promise<CommandResult> {
  if (options.printPolicy) return { json: assessPolicy(), text: JSON.stringify(assessPolicy(), null, 2), exitCode: 0 };
  const { strategy = DEFAULT_POLICY.strategy, scanGb = '5' } = options;
  const known = STRATEGIES.find((each) => each === strategy);
  refuse([
    known === undefined && `--strategy must be one of ${STRATEGIES.join(', ')}, got ${JSON.stringify(strategy)}`,
    !(Number(scanGb) >= 0) && `--scan-gb must be a number of gigabytes, 0 or more, got ${JSON.stringify(scanGb)}`,
  ]);
  const stopPacing = paceCalls(clock);
  try {
    const steps = new SavedSteps(await folderOf(environment));
    const startedAtMs = await beginning(steps, `${known} ${scanGb}`, options.fresh === true);
    const progress = new Progress(stderr, () => clock.now());
    const run = assessmentRun(startedAtMs, { ...DEFAULT_POLICY, strategy: known! });
    const found = await assessAccount(run, { steps, progress, scanBudgetBytes: Number(scanGb) * GB });
    if (options.html !== undefined) writeFileSync(options.html, assessmentHtml(found));
    return { json: assessmentJson(found), text: assessmentText(found, colors), exitCode: 0 };
  } finally {
    stopPacing();
  }
}

/** One folder an account and region, so that two never mix. */
async function folderOf(environment: Terminal['environment']): Promise<string> {
  const { accountId } = await askWhoCalls();
  const region: string = await createClient(STSClient).config.region();
  const cache = environment['XDG_CACHE_HOME'] ?? path.join(homedir(), '.cache');
  return path.join(cache, 'rightsizer', `assess-${accountId}-${region}`);
}

/** When the assessment began whose steps are used: now, or when it was interrupted with the same options. */
async function beginning(steps: SavedSteps, how: string, fresh: boolean): Promise<number> {
  const begun = await steps.readJson('begun', (value) => value as { atMs: number; how: string }).catch(() => undefined);
  const nowMs = clock.now();
  const usable = begun !== undefined && begun.how === how && nowMs - begun.atMs < SAVED_FOR_MS && nowMs >= begun.atMs;
  if (usable && !fresh) return begun.atMs;
  steps.forget();
  await steps.writeJson('begun', { atMs: nowMs, how });
  return nowMs;
}
