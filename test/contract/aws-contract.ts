import { CreateTableCommand, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { CreateTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { createArtifacts } from '../../shared/clients/artifacts/artifacts.ts';
import { createOutcomeEvents } from '../../shared/clients/eventbridge/outcome-events.ts';
import { createFunctionCallers } from '../../shared/clients/lambda/function-callers.ts';
import { createFunctionCatalog } from '../../shared/clients/lambda/function-catalog.ts';
import { createFunctionConfigurations } from '../../shared/clients/lambda/function-configuration.ts';
import { createLedger } from '../../shared/clients/ledger/create-ledger.ts';
import { createClient } from '../../shared/clients/sdk.ts';
import { createDigestTopic } from '../../shared/clients/sns/digest-topic.ts';
import { createFunctionTags } from '../../shared/clients/tagging/function-tags.ts';
import { OPEN_CHANGES_INDEX } from '../../shared/constants.ts';
import { APPROVED, change, proposal } from '../support/builders.ts';

/** An AWS to hold our clients against: the embedded account, or an emulator of another origin over HTTP. */
export interface ContractSubject {
  /**
   * Makes the function `orders-api` (1,024 MB, 30 s, tag team=orders), fed by the queue `jobs` (90 s) and called by
   * API Gateway, and the bucket `runs`.
   */
  prepare(): Promise<void>;
  run<Value>(work: () => Promise<Value>): Promise<Value>;
}

const TABLE = 'contract-ledger';
const RUN = 'scheduled-2026-11-23';

/** The same expectations for every subject, so that the embedded account keeps answering as AWS does. */
export function describeAwsContract(subject: ContractSubject): void {
  beforeAll(async () => {
    await subject.prepare();
    await subject.run(createLedgerTable);
  });

  describe('Lambda', () => {
    it('lists the function with its sizes, and finds its tags apart', async () => {
      const listed = await subject.run(() => createFunctionCatalog().listFunctions());
      expect(listed).toMatchObject([
        { functionName: 'orders-api', memorySizeMb: 1024, timeoutSeconds: 30, packageType: 'Zip' },
      ]);
      const tags = await subject.run(() => createFunctionTags().listFunctionTags());
      expect(tags.get(listed[0]!.functionArn)).toMatchObject({ team: 'orders' });
    });

    it('reads one function, changes its size, and answers undefined for one that is not there', async () => {
      const functions = createFunctionConfigurations();
      const before = await subject.run(() => functions.read('orders-api'));
      expect(before).toMatchObject({ memorySizeMb: 1024, timeoutSeconds: 30, codeSha256: expect.any(String) });
      const write = () => functions.write('orders-api', { memorySizeMb: 512, timeoutSeconds: 30 }, before!.revisionId);
      expect(await subject.run(write)).toEqual({ written: true });
      expect(await subject.run(() => functions.read('orders-api'))).toMatchObject({ memorySizeMb: 512 });
      expect(await subject.run(() => functions.read('missing'))).toBeUndefined();
    });
  });

  it('finds the queue and the API that wait for the function', async () => {
    expect(await subject.run(() => createFunctionCallers().readCallers('orders-api'))).toEqual({
      queues: [{ name: 'jobs', visibilityTimeoutSeconds: 90 }],
      isCalledByApiGateway: true,
    });
  });

  describe('DynamoDB', () => {
    it('lets the first decision win and keeps open changes in their index', async () => {
      const ledger = createLedger(TABLE);
      await subject.run(() => ledger.putProposal(proposal()));
      const decide = (name: string) => ledger.decide(RUN, 'orders-api', { ...APPROVED, by: { kind: 'iam', name } });
      expect(await subject.run(() => decide('Ada'))).toMatchObject({ accepted: true });
      expect(await subject.run(() => decide('Grace'))).toMatchObject({ accepted: false, why: 'already-decided' });
      await subject.run(() => ledger.beginChange(change({ status: 'applying' })));
      expect(await subject.run(() => ledger.listOpenChanges())).toMatchObject([
        { functionName: 'orders-api', status: 'applying' },
      ]);
      await subject.run(() => ledger.settleChange('orders-api', RUN));
      expect(await subject.run(() => ledger.listOpenChanges())).toEqual([]);
    });
  });

  describe('S3', () => {
    it('hands on JSON, and names what is not there', async () => {
      const artifacts = createArtifacts('runs');
      await subject.run(() => artifacts.writeJson('a/b.json', { names: ['ü'] }));
      expect(await subject.run(() => artifacts.readJson('a/b.json', (value) => value))).toEqual({ names: ['ü'] });
      const missing = subject.run(() => artifacts.readJson('a/none.json', (value) => value));
      await expect(missing).rejects.toMatchObject({ name: 'ArtifactMissing' });
    });
  });

  it('publishes the digest and more events than one call takes', async () => {
    const { TopicArn } = await subject.run(() =>
      createClient(SNSClient).send(new CreateTopicCommand({ Name: 'digest' })),
    );
    const topic = createDigestTopic(TopicArn!);
    expect(await subject.run(() => topic.publish({ subject: 'Rightsizer', message: 'Guten Morgen, Zürich' }))).toMatch(
      /\w/,
    );
    const events = Array.from({ length: 23 }, (_, at) => ({
      detailType: 'Rightsizer Run Failed' as const,
      detail: { runId: `run-${at}`, failure: 'none', notification: { title: 'none', text: 'none', dedupKey: 'none' } },
    }));
    await subject.run(() => createOutcomeEvents('default').publish(events));
  });
}

async function createLedgerTable(): Promise<void> {
  const key = (hash: string, range: string) => [
    { AttributeName: hash, KeyType: 'HASH' as const },
    { AttributeName: range, KeyType: 'RANGE' as const },
  ];
  const index = { IndexName: OPEN_CHANGES_INDEX, KeySchema: key('openPartition', 'functionName') };
  const command = new CreateTableCommand({
    TableName: TABLE,
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: ['pk', 'sk', 'openPartition', 'functionName'].map((AttributeName) => ({
      AttributeName,
      AttributeType: 'S',
    })),
    KeySchema: key('pk', 'sk'),
    GlobalSecondaryIndexes: [{ ...index, Projection: { ProjectionType: 'ALL' } }],
  });
  await createClient(DynamoDBClient).send(command);
}
