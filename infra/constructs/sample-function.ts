import path from 'node:path';
import { AssetHashType, DockerImage, Duration, RemovalPolicy } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Architecture, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import type { Construct } from 'constructs';
import { buildSync } from 'esbuild';
import { lambdaBundling } from '../../shared/connection-pool/bundling.ts';

const EXAMPLES = path.join(import.meta.dirname, '../../examples');

export interface SampleFunctionProps {
  /** Folder under examples/ that has its handler.ts. */
  readonly example: string;
  /** What it answers from. */
  readonly notes: Table;
}

/** A customer's function: bundled as our README advises, allowed to read its table and write its log. */
export class SampleFunction extends LambdaFunction {
  constructor(scope: Construct, id: string, { example, notes }: SampleFunctionProps) {
    const logGroup = new LogGroup(scope, `${id}Log`, {
      retention: RetentionDays.ONE_MONTH,
      removalPolicy: RemovalPolicy.DESTROY,
    });
    const role = new Role(scope, `${id}Role`, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    logGroup.grantWrite(role);
    notes.grant(role, 'dynamodb:GetItem');
    super(scope, id, {
      runtime: Runtime.NODEJS_24_X,
      handler: 'index.handler',
      code: exampleCode(example),
      description: `Rightsizer's example ${example}`,
      architecture: Architecture.ARM_64,
      memorySize: 256,
      timeout: Duration.seconds(30),
      environment: { NOTES_TABLE_NAME: notes.tableName },
      logGroup,
      role,
    });
  }
}

function exampleCode(example: string): Code {
  const folder = path.join(EXAMPLES, example);
  return Code.fromAsset(folder, {
    assetHashType: AssetHashType.OUTPUT,
    bundling: {
      // Named because CDK wants an image to fall back to; bundling below never falls back.
      image: DockerImage.fromRegistry('public.ecr.aws/lambda/nodejs:24'),
      local: {
        tryBundle(output: string): boolean {
          buildSync({
            ...lambdaBundling({ eventStreams: false }),
            entryPoints: [path.join(folder, 'handler.ts')],
            outfile: path.join(output, 'index.js'),
            target: 'node24',
            legalComments: 'none',
            logLevel: 'error',
          });
          return true;
        },
      },
    },
  });
}
