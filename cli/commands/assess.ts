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
import { openSteps } from '../assess/open-steps.ts';
import { paceCalls } from '../assess/pace.ts';
import { assessPolicy } from '../assess/policy-document.ts';
import { Progress } from '../assess/progress.ts';
import { assessmentRun } from '../assess/run-context.ts';
import { askWhoCalls } from '../clients/caller-identity.ts';
import type { CommandResult, Terminal } from '../command.ts';
import { problemOfFile } from '../input/file-to-write.ts';
import { refuse } from '../input/usage-error.ts';

export interface AssessOptions {
  strategy?: string;
  html?: string;
  scanGb?: string;
  fresh?: boolean;
  printPolicy?: boolean;
}

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
    (scanGb.trim() === '' || !(Number(scanGb) >= 0)) &&
      `--scan-gb must be a number of gigabytes, 0 or more, got ${JSON.stringify(scanGb)}`,
    options.html !== undefined && problemOfFile('--html', options.html),
  ]);
  const stopPacing = paceCalls(clock);
  try {
    const place = await whereCalled();
    const how = { how: `${known} ${scanGb}`, fresh: options.fresh === true, nowMs: clock.now() };
    const { steps, startedAtMs } = await openSteps(folderOf(place, environment), how);
    const progress = new Progress(stderr, () => clock.now());
    progress.say(`account ${place.accountId}, region ${place.region}`);
    const run = assessmentRun(startedAtMs, { ...DEFAULT_POLICY, strategy: known! });
    const found = await assessAccount(run, { steps, progress, scanBudgetBytes: Number(scanGb) * GB });
    if (options.html !== undefined) writeFileSync(options.html, assessmentHtml(found));
    return { json: { ...place, ...assessmentJson(found) }, text: assessmentText(found, colors), exitCode: 0 };
  } finally {
    stopPacing();
  }
}

interface Place {
  accountId: string;
  region: string;
}

/** Said first: no functions in the wrong region look like an account without any. */
async function whereCalled(): Promise<Place> {
  const { accountId } = await askWhoCalls();
  return { accountId, region: await createClient(STSClient).config.region() };
}

/** One folder an account and region, so that two never mix. */
function folderOf({ accountId, region }: Place, environment: Terminal['environment']): string {
  // Empty is unset, as XDG's specification has it; a relative folder would be made wherever somebody stands.
  const cache = environment['XDG_CACHE_HOME'] || path.join(homedir(), '.cache');
  return path.join(cache, 'rightsizer', `assess-${accountId}-${region}`);
}
