import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
} from '@aws-sdk/client-lambda';
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3';
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs';
import { createClient } from '../../shared/clients/sdk.ts';
import { describeAwsContract } from '../contract/aws-contract.ts';
import { createRole, MOTO_STARTS_WITHIN_MS, startMoto } from './moto-server.ts';

/**
 * The contract over real HTTP, against moto (PyPI), an emulator of another origin than ours. `npm run test:emulator`
 * needs `moto_server` on the PATH (or in MOTO_SERVER): `pip install 'moto[server]'`. It proves wire formats, paging and
 * error paths; moto knows neither RevisionId nor percentiles, so locking is proved elsewhere.
 */
describe('our clients against moto', () => {
  let stop: () => void;

  beforeAll(async () => {
    stop = await startMoto();
  }, MOTO_STARTS_WITHIN_MS);

  afterAll(() => stop());

  describeAwsContract({ prepare, run: (work) => work() });
});

async function prepare(): Promise<void> {
  await createClient(S3Client, { forcePathStyle: true }).send(new CreateBucketCommand({ Bucket: 'runs' }));
  const roleArn = await createRole();
  const lambda = createClient(LambdaClient);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName: 'orders-api',
      Runtime: 'nodejs20.x',
      Handler: 'index.handler',
      Role: roleArn,
      MemorySize: 1024,
      Timeout: 30,
      Tags: { team: 'orders' },
      Code: { ZipFile: Buffer.from('never unpacked') },
    }),
  );
  await makeCallers(lambda);
}

async function makeCallers(lambda: LambdaClient): Promise<void> {
  const jobs = new CreateQueueCommand({ QueueName: 'jobs', Attributes: { VisibilityTimeout: '90' } });
  await createClient(SQSClient).send(jobs);
  const FunctionName = 'orders-api';
  const EventSourceArn = 'arn:aws:sqs:us-east-1:123456789012:jobs';
  await lambda.send(new CreateEventSourceMappingCommand({ FunctionName, EventSourceArn }));
  await lambda.send(
    new AddPermissionCommand({
      FunctionName,
      StatementId: 'api',
      Action: 'lambda:InvokeFunction',
      Principal: 'apigateway.amazonaws.com',
    }),
  );
}
