import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { isDenied } from '../../shared/clients/aws-call.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { ArtifactMissingError } from '../../shared/errors.ts';
import { listRunIds } from './run-folders.ts';

/** A permission that commands need, asked for by a call that changes nothing and finds nothing. */
export interface PermissionProbe {
  permission: string;
  call(): Promise<unknown>;
}

/** A run and a function that nobody has: whatever is asked about them is not there. */
const NOBODY = 'doctor-asks-whether-it-may';

/**
 * What IAM says of the caller, without asking IAM, which few may. The update is one of a proposal that does not exist,
 * so its condition fails after IAM has let it pass, and nothing is written.
 */
export function permissionProbes(ledgerTable: string, runBucket: string, nowMs: number): PermissionProbe[] {
  const ledger = createLedger(ledgerTable);
  const by = { kind: 'iam', name: 'doctor' } as const;
  const decision = { decision: 'rejected', by, at: new Date(nowMs).toISOString() } as const;
  return [
    { permission: 'dynamodb:GetItem', call: () => ledger.getRun(NOBODY) },
    { permission: 'dynamodb:Query', call: () => ledger.listProposals(NOBODY) },
    {
      permission: 'dynamodb:UpdateItem',
      call: () => ledger.decide(NOBODY, NOBODY, decision),
    },
    { permission: 's3:ListBucket', call: () => listRunIds(runBucket) },
    { permission: 's3:GetObject', call: () => readNothing(runBucket) },
  ];
}

async function readNothing(bucket: string): Promise<void> {
  try {
    await createArtifacts(bucket).readJson(`runs/${NOBODY}/report.json`, (value) => value);
  } catch (error) {
    if (!(error instanceof ArtifactMissingError)) throw error;
  }
}

/** Whether the caller may; a denial of another permission on the way is found by that one's own probe. */
export async function isAllowed({ permission, call }: PermissionProbe): Promise<boolean> {
  try {
    await call();
    return true;
  } catch (error) {
    const { cause, message } = error as Error;
    if (!isDenied(cause)) throw error;
    return !message.includes(permission);
  }
}
