import { CreateTopicCommand, SNSClient, SubscribeCommand } from '@aws-sdk/client-sns';
import { SandboxAccount } from '../../../../sandbox/account/sandbox-account.ts';
import { VirtualClock } from '../../../../sandbox/clock/virtual-clock.ts';
import { createClient, registerClientPlugin } from '../../../../shared/clients/sdk.ts';
import { createHtmlMail } from '../../../../shared/clients/ses/html-mail.ts';
import { createTopicReaders } from '../../../../shared/clients/sns/topic-readers.ts';

/** The ways a digest takes, against the account in memory. */
const clock = new VirtualClock(Date.parse('2026-11-23T03:00:00Z'));
const account = new SandboxAccount({ clock, seed: 1 });
const dispose = registerClientPlugin(account.plugin());
afterAll(dispose);

const run = <Value>(work: () => Promise<Value>): Promise<Value> => clock.complete(work);
const MAIL = { subject: 'Rightsizer 2026-11-23', text: 'plain', html: '<p>rich</p>' };

describe('HTML mail', () => {
  it('carries text and HTML to every reader from the configured sender', async () => {
    account.ses.verifyIdentity('example.com');
    const mail = createHtmlMail('Rightsizer <night@example.com>', ['a@example.org', 'b@example.org']);
    const messageId = await run(() => mail.send(MAIL));
    expect(account.ses.sent).toMatchObject([
      { messageId, from: 'Rightsizer <night@example.com>', to: ['a@example.org', 'b@example.org'], ...MAIL },
    ]);
  });

  it('fails with what SES says where the sender is not verified', async () => {
    const mail = createHtmlMail('night@elsewhere.example', ['a@example.org']);
    await expect(run(() => mail.send(MAIL))).rejects.toMatchObject({ name: 'MessageRejected' });
  });
});

describe('readers of a topic', () => {
  it('are its confirmed subscribers alone', async () => {
    const client = createClient(SNSClient);
    const { TopicArn } = await run(() => client.send(new CreateTopicCommand({ Name: 'digest' })));
    await run(() => client.send(new SubscribeCommand({ TopicArn, Protocol: 'email', Endpoint: 'a@example.org' })));
    const readers = createTopicReaders(TopicArn!);
    expect(await run(() => readers.count())).toBe(0);
    await run(() => client.send(new SubscribeCommand({ TopicArn, Protocol: 'sqs', Endpoint: 'arn:aws:sqs:q' })));
    expect(await run(() => readers.count())).toBe(1);
  });
});
