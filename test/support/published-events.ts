import { NO_LOOKS } from '../../shared/clients/artifacts/remembered-looks.ts';
import type { OutcomeEvent } from '../../shared/contracts/events.ts';
import type { ChangedOutcome } from '../../shared/contracts/outcome.ts';
import { failRun } from '../../tasks/night/fail-run/fail-run.ts';
import { announceDigest } from '../../tasks/night/prepare-approvals/send-digest.ts';
import { summarizeRun } from '../../tasks/night/summarize-run/summarize-run.ts';
import { recordRemediation } from '../../tasks/remediation/record-remediation/record-remediation.ts';
import { proposal, runContext } from './builders.ts';
import type { BusEvent } from './input-transformer.ts';
import { memoryLedger } from './memory-ledger.ts';
import { classified, memoryRemediations, NOW_MS } from './remediation.ts';

export const LINK = 'https://page.example.com/runs/abc';

/** Events of ours, made by the tasks that publish them. */
const published: OutcomeEvent[] = [];
const events = { publish: async (each: readonly OutcomeEvent[]) => void published.push(...each) };

async function publishedBy(act: () => Promise<unknown>): Promise<BusEvent[]> {
  published.splice(0);
  await act();
  return published.map(({ detailType, detail }) => ({
    version: '0',
    id: '7bf73129-1428-4cd3-a780-95db273d1602',
    'detail-type': detailType,
    source: 'rightsizer',
    account: '123456789012',
    time: '2026-11-23T03:00:00Z',
    region: 'eu-central-1',
    resources: [],
    detail: JSON.parse(JSON.stringify(detail)) as unknown,
  }));
}

export const approvalsRequested = (linkInEvents = false) =>
  publishedBy(() =>
    announceDigest(
      {
        runId: 'scheduled-2026-11-23',
        runDate: '2026-11-23',
        proposals: [proposal()],
        link: LINK,
        expiresAt: '2026-11-23T22:00:00.000Z',
        timeZone: 'UTC',
        now: '2026-11-23T03:00:00.000Z',
      },
      { events, linkInEvents },
    ),
  );

/** A cause with everything that breaks JSON or means something to Slack. */
export const NASTY = 'said "no" <!channel> & \\ left\nfor good';

export const runFailed = () =>
  publishedBy(() => {
    const ledger = memoryLedger();
    const run = runContext();
    ledger.contents.runs.set(run.runId, {} as never);
    return failRun({ run, error: { Error: 'States.TaskFailed', Cause: NASTY } }, { ledger, events, countFailure() {} });
  });

export const changeEnded = (kind: ChangedOutcome['kind']) =>
  publishedBy(() => {
    const outcome: ChangedOutcome = {
      schemaVersion: 1,
      functionName: 'orders-api',
      functionArn: 'arn:aws:lambda:eu-central-1:123456789012:function:orders-api',
      runId: 'scheduled-2026-11-23',
      kind,
      reason: NASTY,
      before: { memorySizeMb: 1024, timeoutSeconds: 30 },
      after: { memorySizeMb: 512, timeoutSeconds: 30 },
    };
    const objects: Record<string, unknown> = {
      exclusions: [],
      outcomes: [],
      manifest: { ResultFiles: { SUCCEEDED: [{ Key: 'changes' }] } },
      changes: [outcome],
    };
    return summarizeRun(
      {
        run: runContext(),
        discovered: { manifestKey: 'none', exclusionsKey: 'exclusions' },
        memoryEvidence: { functionsBySource: {}, scannedBytes: 0, scanBudgetBytes: 0 },
        prepared: { outcomesKey: 'outcomes', proposalCount: 1 },
        changed: { ResultWriterDetails: { Bucket: 'run-bucket', Key: 'manifest' } },
      },
      {
        artifacts: {
          readJson: async (key, parse) => parse(objects[key]),
          writeJson: async () => {},
          writePage: async () => {},
        },
        nights: { readAllBut: async () => [], write: async () => {} },
        looks: NO_LOOKS,
        ledger: memoryLedger(),
        events,
        publishMetrics() {},
      },
    );
  });

export const remediated = (failure: boolean) =>
  publishedBy(() =>
    recordRemediation(
      failure
        ? {
            execution: { arn: 'arn:execution', name: 'name' },
            classified: classified(),
            failure: { stage: 'Remediate', name: 'TypeError', message: NASTY },
          }
        : {
            execution: { arn: 'arn:execution', name: 'name' },
            classified: classified({ verdict: 'notify', reason: NASTY }),
          },
      {
        remediations: memoryRemediations(),
        ledger: memoryLedger(),
        topic: { publish: async () => 'message' },
        events,
        now: () => NOW_MS,
      },
    ),
  );
