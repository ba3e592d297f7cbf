import type { Stack } from 'aws-cdk-lib';
import { Grant } from 'aws-cdk-lib/aws-iam';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';

/**
 * Lets a task send mail as one sender. SES asks for the verified identity that the sender's address falls under, which
 * is the address itself or its domain; recipients' identities matter only while the account is in SES's own sandbox.
 */
export function grantSendingMail(task: IFunction, from: string, stack: Stack): Grant {
  const address = /<([^>]+)>$/.exec(from)?.[1] ?? from;
  const domain = address.slice(address.indexOf('@') + 1);
  const identities = [address, domain].map((identity) =>
    stack.formatArn({ service: 'ses', resource: 'identity', resourceName: identity }),
  );
  return Grant.addToPrincipal({ grantee: task, actions: ['ses:SendEmail'], resourceArns: identities });
}
