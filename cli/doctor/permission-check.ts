import { isAllowed, type PermissionProbe, permissionProbes } from '../clients/permission-probes.ts';
import { type Deployment, type Finding, fine, wrong } from './finding.ts';

/** Whether the caller may do what the commands do; whether `start` may, only starting a run would tell. */
export async function checkPermissions({ outputs, nowMs }: Deployment): Promise<Finding> {
  const { LedgerTableName: table = '', RunBucketName: bucket = '' } = outputs;
  const probes = permissionProbes(table, bucket, nowMs);
  const denied: PermissionProbe[] = [];
  for (const probe of probes) if (!(await isAllowed(probe))) denied.push(probe);
  if (denied.length === 0) return fine(probes.map(({ permission }) => permission).join(', '));
  const named = withoutConsequences(denied).map(({ permission, commands }) => `${permission} (${commands})`);
  return wrong(
    `your identity lacks ${named.join(', ')}`,
    'grant what you mean to use (docs/cli.md lists what each command needs); leave the rest to others',
  );
}

/** S3 answers "denied" instead of "not there" to a reader who may not list, so that says nothing of reading. */
function withoutConsequences(denied: readonly PermissionProbe[]): PermissionProbe[] {
  const mayNotList = denied.some(({ permission }) => permission === 's3:ListBucket');
  return denied.filter(({ permission }) => !(mayNotList && permission === 's3:GetObject'));
}
