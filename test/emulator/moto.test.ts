import { type ChildProcess, spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
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

/**
 * The contract over real HTTP, against moto (PyPI), an emulator of another origin than ours. `npm run test:emulator`
 * needs `moto_server` on the PATH (or in MOTO_SERVER): `pip install 'moto[server]'`. It proves wire formats, paging and
 * error paths; moto knows neither RevisionId nor percentiles, so locking is proved elsewhere.
 */
const STARTS_WITHIN_MS = 60_000;

describe('our clients against moto', () => {
  let server: ChildProcess;

  beforeAll(async () => {
    const port = await freePort();
    const url = `http://127.0.0.1:${port}`;
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: 'testing',
      AWS_SECRET_ACCESS_KEY: 'testing',
      MOTO_DOCKER: '0',
    });
    server = spawn(process.env['MOTO_SERVER'] ?? 'moto_server', ['-H', '127.0.0.1', '-p', String(port)], {
      stdio: 'ignore',
    });
    await answers(url);
  }, STARTS_WITHIN_MS + 5_000);

  afterAll(() => {
    server.kill();
  });

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

/** moto checks that a function's role exists; IAM has no client among our packages, and its Query protocol is one POST. */
async function createRole(): Promise<string> {
  const body = new URLSearchParams({
    Action: 'CreateRole',
    Version: '2010-05-08',
    RoleName: 'contract',
    AssumeRolePolicyDocument: '{}',
  });
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    authorization:
      'AWS4-HMAC-SHA256 Credential=testing/20261123/us-east-1/iam/aws4_request, SignedHeaders=host, Signature=0',
  };
  const answer = await fetch(process.env['AWS_ENDPOINT_URL']!, { method: 'POST', headers, body });
  const arn = /<Arn>([^<]+)<\/Arn>/.exec(await answer.text())?.[1];
  if (arn === undefined) throw new Error(`moto made no role: ${answer.status}`);
  return arn;
}

async function answers(url: string): Promise<void> {
  const deadline = Date.now() + STARTS_WITHIN_MS;
  while (Date.now() < deadline) {
    if (
      await fetch(`${url}/moto-api/`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      return;
    await wait(200);
  }
  throw new Error('moto_server did not start; is it installed? pip install "moto[server]"');
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as { port: number };
  await new Promise((resolve) => probe.close(resolve));
  return port;
}
