import { type CfnElement, Stack, Validations } from 'aws-cdk-lib';
import type { IConstruct } from 'constructs';

/** cdk-nag's finding that an IAM policy holds a wildcard resource; deployment values stand in it as `<LogicalId.Attribute>`. */
export const wildcardResource = (resource: string): string => `AwsSolutions-IAM5[Resource::${resource}]`;

/** How findings write an attribute of a resource of the stack. */
export function findingName(construct: IConstruct, attribute?: string): string {
  const logicalId = Stack.of(construct).getLogicalId(construct.node.defaultChild as CfnElement);
  return attribute === undefined ? `<${logicalId}>` : `<${logicalId}.${attribute}>`;
}

/** An ARN as findings write it: references in angle brackets, other functions as JSON, values as they are. */
export function arnInFinding(arn: string, stack: Stack): string {
  const rendered: unknown = stack.resolve(arn);
  const parts = isJoin(rendered) ? rendered['Fn::Join'][1] : [rendered];
  return parts.map(partInFinding).join('');
}

const isJoin = (value: unknown): value is { 'Fn::Join': [string, unknown[]] } =>
  typeof value === 'object' && value !== null && 'Fn::Join' in value;

function partInFinding(part: unknown): string {
  if (typeof part === 'string') return part;
  const { Ref: reference } = part as { Ref?: string };
  return reference === undefined ? JSON.stringify(part) : `<${reference}>`;
}

/** Accepts one finding of cdk-nag on a construct and everything in it, where its cause is written, with the reason. */
export function acceptFinding(construct: IConstruct, id: string, reason: string): void {
  Validations.of(construct).acknowledge({ id, reason });
}
