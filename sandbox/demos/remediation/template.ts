import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Stack } from 'aws-cdk-lib';
import type { EmailTopic } from '../../../infra/constructs/approval/email-topic.ts';
import type { AlarmRemediation } from '../../../infra/constructs/remediation/alarm-remediation.ts';
import { createApp } from '../../../infra/create-app.ts';
import type { Template } from '../../deployment/template.ts';

const PROJECT_ROOT = path.join(import.meta.dirname, '../../..');
export const STACK_NAME = 'Rightsizer';

export interface RemediationTemplate {
  template: Template;
  /** What other accounts and regions get; only where the configuration has an `organization`. */
  spokeTemplate?: Template;
  stack: Stack;
  /** Logical ids of what the demo starts by itself. */
  remediationId: string;
  configureAlarmsId: string;
  alarmTopicId: string;
}

/** The whole product as CDK synthesizes it for a stage's configuration, without bundling. */
export function synthesizeWithAlarms(now: Date, rightsizer: Record<string, unknown> = {}): RemediationTemplate {
  const { context } = JSON.parse(readFileSync(path.join(PROJECT_ROOT, 'cdk.json'), 'utf8')) as {
    context: Record<string, unknown>;
  };
  const props = {
    builtinCloudFormationValidation: false,
    context: {
      ...context,
      rightsizer: { emails: ['operator@example.com'], ...rightsizer },
      'aws:cdk:bundling-stacks': [],
    },
  };
  const { app, stack, spoke } = createApp(now, props, false);
  const alarms = stack.node.findChild('FunctionAlarms') as AlarmRemediation;
  const { topic } = stack.node.findChild('AlarmMails') as EmailTopic;
  const assembly = app.synth();
  const { template } = assembly.getStackByName(stack.stackName);
  const spokeTemplate = spoke && (assembly.getNestedAssembly('assembly-Spokes').stacks[0]?.template as Template);
  return {
    template: template as Template,
    ...(spokeTemplate && { spokeTemplate }),
    stack,
    remediationId: logicalId(stack, alarms.remediation),
    configureAlarmsId: logicalId(stack, alarms.configureAlarms),
    alarmTopicId: logicalId(stack, topic),
  };
}

type Resource = Parameters<Stack['getLogicalId']>[0];

const logicalId = (stack: Stack, construct: { node: { defaultChild?: unknown } }): string =>
  stack.resolve(stack.getLogicalId(construct.node.defaultChild as Resource)) as string;
