import { askWhoCalls } from '../clients/caller-identity.ts';
import { isAllowed, type PermissionProbe, permissionProbes } from '../clients/permission-probes.ts';
import { simulateDenials, type WantedPermission } from '../clients/simulate-permissions.ts';
import { type Deployment, type Finding, fine, wrong } from './finding.ts';

/** Commands by the permission they need. */
const COMMANDS: Readonly<Record<string, string>> = {
  'dynamodb:GetItem': 'pending, approve, reject, runs, history, rollback, patch',
  'dynamodb:Query': 'pending, approve, reject, history, patch',
  'dynamodb:UpdateItem': 'approve, reject, rollback',
  's3:ListBucket': 'pending, runs, history, explain',
  's3:GetObject': 'report, history, explain, patch',
  'states:StartExecution': 'start',
};

/**
 * Whether the caller may do what the commands do: by IAM's simulation where the caller may simulate, else by calls that
 * change nothing, which leave open whether they may start a run.
 */
export async function checkPermissions(deployment: Deployment): Promise<Finding> {
  const wanted = wantedOf(deployment);
  const simulated = await simulateDenials((await askWhoCalls()).arn, wanted);
  if (simulated !== undefined)
    return verdict(
      wanted.map(({ permission }) => permission),
      simulated,
      'simulated: ',
    );
  const { outputs, nowMs } = deployment;
  const probes = permissionProbes(outputs['LedgerTableName'] ?? '', outputs['RunBucketName'] ?? '', nowMs);
  const denied: PermissionProbe[] = [];
  for (const probe of probes) if (!(await isAllowed(probe))) denied.push(probe);
  const names = (all: readonly PermissionProbe[]) => all.map(({ permission }) => permission);
  return verdict(names(probes), names(withoutConsequences(denied)), '');
}

function verdict(asked: readonly string[], denied: readonly string[], how: string): Finding {
  if (denied.length === 0) return fine(`${how}${asked.join(', ')}`);
  const named = denied.map((permission) => `${permission} (${COMMANDS[permission]})`);
  return wrong(
    `your identity lacks ${named.join(', ')}`,
    'grant what you mean to use (docs/cli.md lists what each command needs); leave the rest to others',
  );
}

function wantedOf({ outputs }: Deployment): WantedPermission[] {
  const stateMachineArn = outputs['StateMachineArn'] ?? '';
  const [, partition, , region, accountId] = stateMachineArn.split(':');
  const table = `arn:${partition}:dynamodb:${region}:${accountId}:table/${outputs['LedgerTableName']}`;
  const bucket = `arn:${partition}:s3:::${outputs['RunBucketName']}`;
  const resources: Readonly<Record<string, string>> = {
    's3:ListBucket': bucket,
    's3:GetObject': `${bucket}/runs/any/report.json`,
    'states:StartExecution': stateMachineArn,
  };
  return Object.keys(COMMANDS).map((permission) => ({ permission, resourceArn: resources[permission] ?? table }));
}

/** S3 answers "denied" instead of "not there" to a reader who may not list, so that says nothing of reading. */
function withoutConsequences(denied: readonly PermissionProbe[]): PermissionProbe[] {
  const mayNotList = denied.some(({ permission }) => permission === 's3:ListBucket');
  return denied.filter(({ permission }) => !(mayNotList && permission === 's3:GetObject'));
}
