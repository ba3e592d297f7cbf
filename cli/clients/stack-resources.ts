import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { InvalidConfigurationError } from '../../shared/errors.ts';
import type { PlaceOptions } from '../command.ts';

export type ResourceName =
  | 'ledgerTable'
  | 'runBucket'
  | 'stateMachine'
  | 'configureAlarms'
  | 'configureAutoScaling'
  | 'applyColdStartMitigation';

/** Where each resource may be named, besides its flag: an environment variable, and an output of the stack. */
const SOURCES: Readonly<Record<ResourceName, { variable: string; output: string }>> = {
  ledgerTable: { variable: 'RIGHTSIZER_LEDGER_TABLE', output: 'LedgerTableName' },
  runBucket: { variable: 'RIGHTSIZER_RUN_BUCKET', output: 'RunBucketName' },
  stateMachine: { variable: 'RIGHTSIZER_STATE_MACHINE_ARN', output: 'StateMachineArn' },
  configureAlarms: { variable: 'RIGHTSIZER_CONFIGURE_ALARMS_ARN', output: 'ConfigureAlarmsArn' },
  configureAutoScaling: { variable: 'RIGHTSIZER_CONFIGURE_AUTO_SCALING_ARN', output: 'ConfigureAutoScalingArn' },
  applyColdStartMitigation: {
    variable: 'RIGHTSIZER_APPLY_COLD_START_MITIGATION_ARN',
    output: 'ApplyColdStartMitigationArn',
  },
};

const DEFAULT_STACK = 'Rightsizer';

/**
 * Names of the stack's resources: from flags, then from the environment, then from the stack's outputs. CloudFormation
 * is asked only for what neither of the former says.
 *
 * @throws InvalidConfigurationError naming what is missing and where it could be said
 */
export async function findResources<Name extends ResourceName>(
  names: readonly Name[],
  options: PlaceOptions,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Record<Name, string>> {
  const flags: Partial<Record<ResourceName, string>> = options;
  const said = (name: Name) => flags[name] ?? environment[SOURCES[name].variable];
  const unsaid = names.filter((name) => said(name) === undefined);
  const outputs = unsaid.length === 0 ? {} : await stackOutputs(stackName(options, environment));
  const missing = unsaid.filter((name) => outputs[SOURCES[name].output] === undefined);
  if (missing.length > 0) {
    const outputsMissing = missing.map((name) => `${SOURCES[name].output} (or ${SOURCES[name].variable})`).join(', ');
    throw new InvalidConfigurationError(
      `stack ${stackName(options, environment)} has no output ${outputsMissing}; is it a Rightsizer stack?${readOnlyHint(missing)}`,
    );
  }
  return Object.fromEntries(names.map((name) => [name, said(name) ?? outputs[SOURCES[name].output]])) as Record<
    Name,
    string
  >;
}

const readOnlyHint = (missing: readonly ResourceName[]): string =>
  missing.some((name) => name !== 'stateMachine' && name in SOURCES && SOURCES[name].output.endsWith('Arn'))
    ? ' A read-only stage configures nothing.'
    : '';

export const stackName = (options: PlaceOptions, environment: Readonly<Record<string, string | undefined>>): string =>
  options.stack ?? environment['RIGHTSIZER_STACK'] ?? DEFAULT_STACK;

/** Outputs of a CloudFormation stack, by their keys. */
export async function stackOutputs(name: string): Promise<Record<string, string>> {
  const client = createClient(CloudFormationClient);
  const { Stacks } = await callAws('cloudformation:DescribeStacks', () =>
    client.send(new DescribeStacksCommand({ StackName: name })),
  );
  return Object.fromEntries(
    (Stacks?.[0]?.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}
