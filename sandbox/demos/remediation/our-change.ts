import { createFunctionConfigurations } from '../../../shared/clients/lambda/function-configuration.ts';
import { writeConfiguration } from '../../../shared/clients/lambda/write-configuration.ts';
import { createLedger } from '../../../shared/clients/ledger/create-ledger.ts';
import { clock } from '../../../shared/clock.ts';
import type { ChangeRecord } from '../../../shared/contracts/ledger.ts';
import type { Simulation } from './simulation.ts';

const RUN_ID = 'scheduled-2026-11-23';

/** A change as the night makes one: claimed, written in the ledger, applied by the night's own code, and now watched. */
export async function ourChange(
  { clock: virtual, deployment, account }: Simulation,
  functionName: string,
  { from, to }: { from: number; to: number },
): Promise<void> {
  const ledger = createLedger(deployment.tableName);
  const configurations = createFunctionConfigurations();
  await virtual.complete(async () => {
    const live = await configurations.read(functionName);
    if (!live) throw new Error(`${functionName} does not exist`);
    const functionArn = account.lambda.functions.get(functionName).arn;
    const at = new Date(clock.now()).toISOString();
    await ledger.claim({ functionName, functionArn, baselineMemorySizeMb: from, runId: RUN_ID, at });
    const after = { memorySizeMb: to, timeoutSeconds: live.timeoutSeconds };
    await ledger.beginChange(changeRecord({ functionName, functionArn, at, from, live, after }));
    const written = await writeConfiguration(functionName, after, live.revisionId, { configurations, clock });
    if (!written.written) throw new Error(written.reason);
    const appliedRevisionId = written.live.revisionId;
    await ledger.updateChange(functionName, RUN_ID, { status: 'applied', appliedAt: at, appliedRevisionId });
    await ledger.setOpen(functionName, RUN_ID, 'change', at);
  });
}

interface Applied {
  functionName: string;
  functionArn: string;
  at: string;
  from: number;
  live: { timeoutSeconds: number; codeSha256: string };
  after: { memorySizeMb: number; timeoutSeconds: number };
}

function changeRecord({ functionName, functionArn, at, from, live, after }: Applied): ChangeRecord {
  const before = { memorySizeMb: from, timeoutSeconds: live.timeoutSeconds };
  return {
    runId: RUN_ID,
    functionName,
    functionArn,
    status: 'applying',
    before: { ...before, codeSha256: live.codeSha256 },
    after,
    decision: { decision: 'approved', by: { kind: 'link-holder', name: 'operator' }, at },
    assessment: {
      functionName,
      functionArn,
      architecture: 'arm64',
      codeSha256: live.codeSha256,
      owner: { tool: 'unknown' },
      tags: {},
      finding: 'NotOptimized',
      findingReasons: ['MemoryOverprovisioned'],
      reason: 'less memory is cheaper and hardly slower',
      risk: 'Medium',
      current: before,
      recommended: after,
      baselineMemorySizeMb: from,
      ephemeralStorageMb: 512,
      memory: { source: 'ReportLines' },
      candidates: [],
      advice: [],
    },
    savings: {
      costUsdPerMonthBefore: 10,
      costUsdPerMonthAfter: 6,
      requestsUsdPerMonth: 1,
      savingsUsdPerMonth: 4,
      savingsUsdPerYear: 48,
      pricesAsOf: at,
      priceSource: 'Fallback',
    },
    startedAt: at,
    verifications: [],
  };
}
