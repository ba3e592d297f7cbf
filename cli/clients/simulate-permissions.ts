import { IAMClient, SimulatePrincipalPolicyCommand } from '@aws-sdk/client-iam';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';

export interface WantedPermission {
  permission: string;
  resourceArn: string;
}

/** A role's session is not what policies hang on; its role is. A role with a path is not found this way. */
const SESSION = /^arn:([\w-]+):sts::(\d{12}):assumed-role\/([^/]+)\/.+$/;

/**
 * Which of the permissions IAM's own simulation refuses the caller (ARN as STS says it): policies, boundaries and the
 * organization's, as far as IAM sees them. Undefined where the caller may not simulate, or IAM does not know them.
 */
export async function simulateDenials(
  callerArn: string,
  wanted: readonly WantedPermission[],
): Promise<string[] | undefined> {
  // The root user may do everything, and has no policies that could be simulated.
  if (callerArn.endsWith(':root')) return undefined;
  const iam = createClient(IAMClient);
  const PolicySourceArn = callerArn.replace(SESSION, 'arn:$1:iam::$2:role/$3');
  const denied: string[] = [];
  try {
    for (const { permission, resourceArn } of wanted) {
      const input = { PolicySourceArn, ActionNames: [permission], ResourceArns: [resourceArn] };
      const { EvaluationResults = [] } = await callAws('iam:SimulatePrincipalPolicy', () =>
        iam.send(new SimulatePrincipalPolicyCommand(input)),
      );
      if (EvaluationResults.some(({ EvalDecision }) => EvalDecision !== 'allowed')) denied.push(permission);
    }
    return denied;
  } catch {
    // Few may simulate, and calls that change nothing tell as well.
    return undefined;
  }
}
