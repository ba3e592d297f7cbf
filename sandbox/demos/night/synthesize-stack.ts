import { createApp } from '../../../infra/create-app.ts';
import type { Template } from '../../deployment/template.ts';
import type { SynthesizedStack } from './synthesized-stack.ts';

/** The CDK app's template, synthesized here and now without bundling anything. */
export function synthesizeStack(configuration: Record<string, unknown>, now: Date): SynthesizedStack {
  const props = {
    // The check of the template against CloudFormation's rules takes most of a synthesis; `cdk synth` in CI does it.
    builtinCloudFormationValidation: false,
    context: { ...CDK_FLAGS, 'aws:cdk:bundling-stacks': [], rightsizer: configuration },
  };
  // As `cdk synth` in CI and the tests of the template hold it to AWS's solutions rules.
  const { app, stack, spoke } = createApp(now, props, false);
  const assembly = app.synth();
  const template = assembly.getStackByName(stack.stackName).template as Template;
  const spokeTemplate = spoke && (assembly.getNestedAssembly('assembly-Spokes').stacks[0]?.template as Template);
  return { stackName: stack.stackName, template, ...(spokeTemplate && { spokeTemplate }) };
}

/** Flags of cdk.json that change what the template means; in-process synthesis does not read that file. */
const CDK_FLAGS = { '@aws-cdk/aws-stepfunctions:useDistributedMapResultWriterV2': true };
