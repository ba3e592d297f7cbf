import { CloudFormationClient, GetTemplateSummaryCommand } from '@aws-sdk/client-cloudformation';
import * as v from 'valibot';
import { callAws } from '../../shared/clients/aws-call.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { CONFIGURATION_METADATA } from '../../shared/constants.ts';
import { parseContract } from '../../shared/contracts/parse.ts';
import { record } from '../../shared/contracts/typed-values.ts';

const metadataSchema = v.looseObject({
  [CONFIGURATION_METADATA]: v.optional(
    // An older release kept its configuration as an object.
    v.object({ release: v.string(), configuration: v.union([v.string(), v.looseObject({})]) }),
  ),
});
const configurationSchema = record(v.string(), v.unknown());

export interface StageOf {
  release: string;
  configuration: Readonly<Record<string, unknown>>;
}

/** What a stack was deployed with, which its template says of itself; undefined for one of an older release. */
export async function readDeployedConfiguration(stackName: string): Promise<StageOf | undefined> {
  const client = createClient(CloudFormationClient);
  const { Metadata: text = '{}' } = await callAws('cloudformation:GetTemplateSummary', () =>
    client.send(new GetTemplateSummaryCommand({ StackName: stackName })),
  );
  const { [CONFIGURATION_METADATA]: told } = parseContract('metadata of the stack', metadataSchema, JSON.parse(text));
  if (told === undefined || typeof told.configuration !== 'string') return undefined;
  const configuration: unknown = JSON.parse(told.configuration);
  return {
    release: told.release,
    configuration: parseContract('configuration in the stack', configurationSchema, configuration),
  };
}
