import { GetAccountSettingsCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { listRingingAlarms } from '../clients/ringing-alarms.ts';
import { countSubscriptions } from '../clients/topic-subscriptions.ts';
import { type Deployment, type Finding, fine, wrong } from './finding.ts';

/** Lambda keeps this much unreserved for the functions without a reservation. */
const UNRESERVED_MIN = 100;

export async function checkSubscription({ outputs }: Deployment): Promise<Finding> {
  const { confirmed, waiting } = await countSubscriptions(outputs['DigestTopicArn'] ?? '');
  if (confirmed > 0) return fine(`${confirmed} confirmed, ${waiting} not`);
  return waiting === 0
    ? wrong('nobody gets the digest', 'deploy with -c rightsizer.emails=you@example.com')
    : wrong(
        `${waiting} waiting for confirmation, so nobody gets the digest`,
        'copy the address behind "Confirm subscription" in the mail, then: rightsizer subscribe --confirm "<address>"',
      );
}

export async function checkAlarms({ stackName }: Deployment): Promise<Finding> {
  const prefix = `${stackName}-`;
  const ringing = await listRingingAlarms(prefix);
  // Alarms of the stack Rightsizer-test begin with "Rightsizer-" as well.
  const own = ringing.filter((name) => /^(?:high|low)-\w+$/.test(name.slice(prefix.length)));
  if (own.length === 0) return fine('none of ours rings');
  return wrong(`ringing: ${own.join(', ')}`, 'docs/runbook.md has a section for each');
}

export async function checkQuotas(): Promise<Finding> {
  const lambda = createClient(LambdaClient);
  const { AccountLimit } = await callAws('lambda:GetAccountSettings', () =>
    lambda.send(new GetAccountSettingsCommand({})),
  );
  const { ConcurrentExecutions = 0, UnreservedConcurrentExecutions: unreserved = 0 } = AccountLimit ?? {};
  const says = `${unreserved} of ${ConcurrentExecutions} concurrent executions are unreserved`;
  if (unreserved > UNRESERVED_MIN) return fine(says);
  return wrong(says, 'a night shares these with your functions: ask for a higher quota, or reserve less');
}
