import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3';
import { GetSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { inAccount } from './in-account.ts';

const mail = (from: string, readers: number) =>
  new SendEmailCommand({
    FromEmailAddress: from,
    Destination: { ToAddresses: Array.from({ length: readers }, (_, at) => `reader-${at}@example.org`) },
    Content: { Simple: { Subject: { Data: 's' }, Body: { Text: { Data: 't' } } } },
  });

it('lists common prefixes page by page, each once', async () => {
  const { account, client, run } = inAccount();
  account.s3.createBucket('runs');
  for (const key of ['runs/a/1', 'runs/a/2', 'runs/b/1', 'runs/loose', 'other/x']) account.s3.write('runs', key, '{}');
  const s3 = client(S3Client);
  const seen: unknown[] = [];
  let token: string | undefined;
  do {
    const page = await run(() =>
      s3.send(
        new ListObjectsV2Command({
          Bucket: 'runs',
          Prefix: 'runs/',
          Delimiter: '/',
          MaxKeys: 1,
          ContinuationToken: token,
        }),
      ),
    );
    expect(page.KeyCount).toBe(1);
    seen.push(...(page.CommonPrefixes ?? []).map(({ Prefix }) => Prefix));
    seen.push(...(page.Contents ?? []).map(({ Key }) => Key));
    token = page.NextContinuationToken;
  } while (token !== undefined);
  expect(seen).toEqual(['runs/a/', 'runs/b/', 'runs/loose']);
});

it('refuses mail from an identity nobody verified, and to more than fifty readers', async () => {
  const { account, client, run } = inAccount();
  account.ses.verifyIdentity('night@example.com');
  const ses = client(SESv2Client);
  const rejected = { name: 'MessageRejected' };
  await expect(run(() => ses.send(mail('other@example.com', 1)))).rejects.toMatchObject(rejected);
  await expect(run(() => ses.send(mail('Night <night@example.com>', 51)))).rejects.toMatchObject(rejected);
  await expect(run(() => ses.send(mail('night@example.com', 0)))).rejects.toMatchObject(rejected);
  await run(() => ses.send(mail('Night <night@example.com>', 50)));
  expect(account.ses.sent).toHaveLength(1);
});

it('gives a secret by its whole ARN, as it was last rotated', async () => {
  const { account, client, run } = inAccount();
  const secretArn = account.secretsManager.createSecret('oidc', 'first');
  const secrets = client(SecretsManagerClient);
  const read = (id: string) => run(() => secrets.send(new GetSecretValueCommand({ SecretId: id })));
  expect(secretArn).toMatch(/:secret:oidc-\w{6}$/);
  const first = await read(secretArn);
  account.secretsManager.rotate(secretArn, 'second');
  const second = await read(secretArn);
  expect([first.SecretString, second.SecretString]).toEqual(['first', 'second']);
  expect(second.VersionId).not.toBe(first.VersionId);
  await expect(read(`${secretArn}x`)).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
});

it('knows the stacks it was told of, and who calls', async () => {
  const { account, client, run } = inAccount({ accountId: '210987654321' });
  account.cloudFormation.addStack('Rightsizer', { LedgerTableName: 'ledger' });
  const stacks = client(CloudFormationClient);
  const found = await run(() => stacks.send(new DescribeStacksCommand({ StackName: 'Rightsizer' })));
  expect(found.Stacks?.[0]?.Outputs).toEqual([{ OutputKey: 'LedgerTableName', OutputValue: 'ledger' }]);
  await expect(run(() => stacks.send(new DescribeStacksCommand({ StackName: 'Gone' })))).rejects.toMatchObject({
    name: 'ValidationError',
    message: 'Stack with id Gone does not exist',
  });
  const caller = await run(() => client(STSClient).send(new GetCallerIdentityCommand({})));
  expect(caller).toMatchObject({ Account: '210987654321', Arn: 'arn:aws:iam::210987654321:user/operator' });
});
