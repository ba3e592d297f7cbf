import { Aspects, type IAspect, RemovalPolicy } from 'aws-cdk-lib';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import type { IConstruct } from 'constructs';
import { createApp } from '../../infra/create-app.ts';

/** A test leaves nothing behind; a real stage keeps its ledger and its reports. */
class NothingStays implements IAspect {
  visit(node: IConstruct): void {
    if (!(node instanceof CfnTable || node instanceof CfnBucket)) return;
    node.applyRemovalPolicy(RemovalPolicy.DESTROY);
    if (node instanceof CfnTable) node.deletionProtectionEnabled = false;
  }
}

const { app, stack } = createApp(new Date());
Aspects.of(stack).add(new NothingStays());
app.synth();
