import { CfnOutput, RemovalPolicy, Stack, type StackProps } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import type { Construct } from 'constructs';
import { SampleFunction } from '../constructs/sample-function.ts';

/** What the sample functions are called, and where their sources are under examples/. */
export const SAMPLE_FUNCTIONS = { BriefExample: 'brief', StudyAssistant: 'sample-function' } as const;

/** The examples as a customer would run them: two functions that answer from one table of notes. */
export class SampleStack extends Stack {
  constructor(scope: Construct, id: string, props: StackProps) {
    super(scope, id, props);
    const notes = new Table(this, 'Notes', {
      partitionKey: { name: 'userId', type: AttributeType.STRING },
      sortKey: { name: 'topic', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy: RemovalPolicy.DESTROY,
    });
    for (const [name, example] of Object.entries(SAMPLE_FUNCTIONS)) {
      const fn = new SampleFunction(this, name, { example, notes });
      new CfnOutput(this, `${name}Name`, { value: fn.functionName });
    }
    new CfnOutput(this, 'NotesTableName', { value: notes.tableName });
  }
}
