import * as v from 'valibot';
import { autoApprovalRuleSchema } from '../../../../../shared/contracts/auto-approval.ts';
import type { OutcomeEvent } from '../../../../../shared/contracts/events.ts';
import { applyPolicy } from '../../../../../tasks/night/prepare-approvals/apply-policy.ts';
import { askApprovers } from '../../../../../tasks/night/prepare-approvals/ask-approvers.ts';
import { countReaders } from '../../../../../tasks/night/prepare-approvals/count-readers.ts';
import { proposal, runContext } from '../../../../support/builders.ts';
import { memoryLedger } from '../../../../support/memory-ledger.ts';

const NOW_MS = Date.parse('2026-11-23T03:00:00Z');
const run = runContext();

function world(overrides: { sendHtml?: () => Promise<string>; putEvents?: () => Promise<void>; link?: boolean } = {}) {
  const ledger = memoryLedger();
  const topicMails: { subject: string; message: string }[] = [];
  const htmlMails: { subject: string; text: string; html: string }[] = [];
  const events: OutcomeEvent[] = [];
  const dependencies = {
    ledger,
    topic: {
      publish: async (mail: { subject: string; message: string }) => {
        topicMails.push(mail);
        return 'message-1';
      },
    },
    htmlMail: {
      send: async (mail: { subject: string; text: string; html: string }) => {
        htmlMails.push(mail);
        return (await overrides.sendHtml?.()) ?? 'mail-1';
      },
    },
    events: {
      publish: async (published: readonly OutcomeEvent[]) => {
        await overrides.putEvents?.();
        events.push(...published);
      },
    },
    linkInEvents: overrides.link ?? false,
    approvalBaseUrl: 'https://page.example.com',
    timeZone: 'UTC',
    randomBytes: (size: number) => new Uint8Array(size).fill(7),
    now: () => NOW_MS,
  };
  const ask = async () => {
    await ledger.putRun({
      runId: run.runId,
      runDate: run.runDate,
      trigger: 'schedule',
      executionArn: run.executionArn,
      startedAt: run.startedAt,
      approvalExpiresAt: run.approvalExpiresAt,
      status: 'running',
      proposalCount: 0,
    });
    return askApprovers(run, [proposal()], dependencies);
  };
  return { ledger, topicMails, htmlMails, events, dependencies, ask };
}

const LINK = /https:\/\/page\.example\.com\/runs\/[\w-]{43}/;
const refuse = async (): Promise<never> => {
  throw Object.assign(new Error('Email address is not verified'), { name: 'MessageRejected' });
};

describe('askApprovers', () => {
  it('sends the same text by topic and by HTML mail, with the same link', async () => {
    const { ask, topicMails, htmlMails } = world();
    await ask();
    expect(htmlMails).toEqual([
      { subject: topicMails[0]!.subject, text: topicMails[0]!.message, html: expect.stringMatching(LINK) },
    ]);
    expect(LINK.exec(htmlMails[0]!.html)![0]).toBe(LINK.exec(topicMails[0]!.message)![0]);
  });

  it('sends no HTML mail where none is configured', async () => {
    const { ledger, dependencies, topicMails } = world();
    await ledger.putRun({ runId: run.runId } as never);
    await askApprovers(run, [proposal()], { ...dependencies, htmlMail: undefined });
    expect(topicMails).toHaveLength(1);
  });

  it('still publishes to the topic when SES refuses, and when the bus does', async () => {
    const { ask, topicMails, ledger } = world({ sendHtml: refuse, putEvents: refuse });
    expect(await ask()).toEqual({ reachedHtmlReaders: false });
    expect(topicMails).toHaveLength(1);
    expect(await ledger.getRun(run.runId)).toMatchObject({ digestMessageId: 'message-1' });
  });

  it('tells the bus what is asked for, without the link', async () => {
    const { ask, events } = world();
    await ask();
    expect(events).toEqual([
      {
        detailType: 'Rightsizer Approvals Requested',
        detail: {
          runId: run.runId,
          runDate: run.runDate,
          expiresAt: run.approvalExpiresAt,
          proposalCount: 1,
          approvedByPolicyCount: 0,
          coveredByConsentCount: 0,
          savingsUsdPerMonth: 0.24,
          notification: expect.objectContaining({ title: 'Rightsizer 2026-11-23: 1 change to decide' }),
        },
      },
    ]);
    expect(JSON.stringify(events)).not.toMatch(LINK);
  });

  it('tells the bus the link where that is configured', async () => {
    const { ask, events } = world({ link: true });
    await ask();
    expect(events).toMatchObject([{ detail: { link: expect.stringMatching(LINK) } }]);
  });

  it('sends and tells nothing twice', async () => {
    const { ask, topicMails, htmlMails, events, dependencies } = world();
    await ask();
    await askApprovers(run, [proposal()], dependencies);
    expect([topicMails.length, htmlMails.length, events.length]).toEqual([1, 1, 1]);
  });
});

describe('applyPolicy', () => {
  const autoApprovalRules = [v.parse(autoApprovalRuleSchema, { name: 'raises', maximumMemoryChange: 1 })];
  const raised = () => {
    const given = proposal();
    const recommended = { memorySizeMb: 2048, timeoutSeconds: 30 };
    return { ...given, assessment: { ...given.assessment, risk: 'VeryLow' as const, recommended } };
  };

  async function apply(approvalMode: 'ask' | 'policy') {
    const ledger = memoryLedger();
    const proposals = [raised(), proposal({ functionName: 'billing' })];
    for (const each of proposals) await ledger.putProposal(each);
    const dependencies = { ledger, autoApprovalRules, now: () => NOW_MS };
    const decided = await applyPolicy(runContext({ approvalMode }), proposals, dependencies);
    return { ledger, decided, again: () => applyPolicy(runContext({ approvalMode }), proposals, dependencies) };
  }

  it('writes the decision to the ledger as the policy’s, by the rule’s name, and leaves the rest open', async () => {
    const { ledger, decided } = await apply('policy');
    expect(await ledger.getProposal(run.runId, 'orders-api')).toMatchObject({
      status: 'approved',
      decision: {
        decision: 'approved',
        by: { kind: 'policy', name: 'raises' },
        at: '2026-11-23T03:00:00.000Z',
        note: expect.stringContaining('memory changes by 100%'),
      },
    });
    expect(decided.map(({ status }) => status)).toEqual(['approved', 'pending']);
  });

  it('answers the same when it is tried again', async () => {
    const { decided, again } = await apply('policy');
    expect(await again()).toEqual(decided);
  });

  it('decides nothing in a run that asks people', async () => {
    const { ledger, decided } = await apply('ask');
    expect(decided.map(({ status }) => status)).toEqual(['pending', 'pending']);
    expect(await ledger.getProposal(run.runId, 'orders-api')).not.toHaveProperty('decision');
  });
});

describe('countReaders', () => {
  it.each([
    { confirmed: 2, htmlReaderCount: 3, published: [] },
    { confirmed: 0, htmlReaderCount: 3, published: [] },
    { confirmed: 2, htmlReaderCount: 3, reachedHtmlReaders: false, published: [] },
    { confirmed: 0, htmlReaderCount: 0, published: [0] },
    { confirmed: 0, htmlReaderCount: 3, reachedHtmlReaders: false, published: [0] },
  ])(
    'publishes where neither subscribers nor HTML mail reach anybody: %j',
    async ({ confirmed, htmlReaderCount, reachedHtmlReaders, published }) => {
      const counts: number[] = [];
      const publishReaders = (count: number) => counts.push(count);
      await countReaders(
        { readers: { count: async () => confirmed }, htmlReaderCount, publishReaders },
        reachedHtmlReaders,
      );
      expect(counts).toEqual(published);
    },
  );

  it('does not cost the night when they cannot be counted', async () => {
    const counts: number[] = [];
    await countReaders({ readers: { count: refuse }, htmlReaderCount: 1, publishReaders: (each) => counts.push(each) });
    expect(counts).toEqual([]);
  });
});
