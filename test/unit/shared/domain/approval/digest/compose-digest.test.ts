import { composeDigest, type DigestRequest } from '../../../../../../shared/domain/approval/digest/compose-digest.ts';
import { fixtureProposals } from '../../../../../support/page/fixture-run.ts';

const LINK = `https://abc123.execute-api.eu-west-1.amazonaws.com/runs/${'x'.repeat(43)}`;
const base: DigestRequest = {
  runId: 'scheduled-2026-11-23',
  runDate: '2026-11-23',
  proposals: fixtureProposals(24),
  link: LINK,
  expiresAt: '2026-11-23T20:00:00.000Z',
  timeZone: 'Europe/Berlin',
  now: '2026-11-23T02:10:00.000Z',
};

const withSavings = (amountsUsd: number[]) =>
  fixtureProposals(amountsUsd.length).map((each, index) => ({
    ...each,
    savings: { ...each.savings, savingsUsdPerMonth: amountsUsd[index]! },
  }));

describe('digest', () => {
  it('keeps the subject printable ASCII and under 100 characters', () => {
    for (const count of [1, 24, 1000]) {
      const { subject } = composeDigest({ ...base, proposals: fixtureProposals(count) });
      expect(subject).toMatch(/^[\x20-\x7e]{10,99}$/);
    }
  });

  it('says the total and the count in the subject', () => {
    expect(composeDigest({ ...base, proposals: withSavings([100, 20.5]) }).subject).toBe(
      'Rightsizer 2026-11-23: 2 changes to save $120.50 a month',
    );
  });

  it('says what an approval leaves to the source', () => {
    const proposals = fixtureProposals(1);
    expect(composeDigest({ ...base, proposals }).message).not.toContain('by patch only');
    const handedOver = proposals.map((each) => ({ ...each, delivery: 'patch' as const }));
    expect(composeDigest({ ...base, proposals: handedOver }).message).toContain('by patch only');
  });

  it('says a net cost as one', () => {
    const { subject, message } = composeDigest({ ...base, proposals: withSavings([-10, 2]) });
    expect(subject).toContain('2 changes');
    expect(subject).toContain('to buy safety for $8.00 a month');
    expect(message).toContain('Costs     about $8.00 a month');
  });

  it('keeps every line within 72 columns but the links, which stand alone and whole', () => {
    const long = fixtureProposals(9).map((each) => ({ ...each, functionName: 'f'.repeat(64) }));
    for (const proposals of [base.proposals, long]) {
      const lines = composeDigest({ ...base, proposals }).message.split('\n');
      const links = [LINK, `${LINK}/report`];
      for (const link of links) expect(lines).toContain(link);
      for (const line of lines.filter((each) => !links.includes(each))) expect(line.length).toBeLessThanOrEqual(72);
    }
  });

  it('lists the largest savings first and says how many more there are', () => {
    const { message } = composeDigest({ ...base, proposals: withSavings([1, 9, 3, 8, 2, 7, 4, 6, 5]) });
    const amounts = [...message.matchAll(/\$(\d)\.00 a month$/gm)].map((each) => Number(each[1]));
    expect(amounts).toEqual([9, 8, 7, 6, 5, 4, 3]);
    expect(message).toContain('... and 2 further changes on the page.');
  });

  it('shows before and after, the p95 change with its interval, and the risk of a change', () => {
    const [proposal] = base.proposals;
    const { message } = composeDigest({ ...base, proposals: [proposal!] });
    expect(message.replace(/\s+/g, ' ')).toContain(
      'memory 1,769 -> 1,024 MB, timeout 30 -> 60 s, p95 +7% (-6% to +20%), medium risk',
    );
    expect(message).toContain('The change\n');
  });

  it('says the expiry in the reader’s time zone and that silence changes nothing', () => {
    const { message } = composeDigest(base);
    expect(message).toContain('Mon, 23 Nov 2026, 21:00 CET');
    expect(message).toContain('(17 h 50 min from now)');
    expect(message.replace(/\s+/g, ' ')).toContain('If nobody answers, nothing changes');
  });

  it('counts the changes by risk and those that add memory', () => {
    const { message } = composeDigest(base);
    expect(message).toContain('4 very low, 10 low, 9 medium, 1 high');
    expect(message).toContain('Safety    3 functions would get more memory');
  });

  it('stays far below the 256 KiB of an SNS message for a thousand proposals', () => {
    const { message } = composeDigest({ ...base, proposals: fixtureProposals(1000) });
    expect(Buffer.byteLength(message)).toBeLessThan(4_096);
  });

  it('asks about functions that share their code in one line, with what they save together', () => {
    const sharing = withSavings([3, 2, 1]).map((each, _, [first]) => ({
      ...each,
      assessment: {
        ...first!.assessment,
        functionName: each.functionName,
        owner: { tool: 'cdk', stackName: 'orders-prod' },
      },
    }));
    const [single] = fixtureProposals(4).slice(3);
    const { subject, message } = composeDigest({ ...base, proposals: [...sharing, single!] });
    const text = message.replace(/\s+/g, ' ');
    expect(subject).toContain('4 changes');
    expect(text).toContain('3 of them are alike, and asked about in 1 group.');
    expect(text).toContain('3 functions of stack orders-prod $6.00 a month memory 1,769 -> 1,024 MB');
    expect(text).toContain('each, p95 at worst');
    expect(text).toContain(`${sharing[0]!.functionName} among them`);
    expect(text).not.toContain(sharing[1]!.functionName);
  });

  it('counts as asked about together only what is still asked', () => {
    const covered = withSavings([2, 1]).map((each, _, [first]) => ({
      ...each,
      assessment: { ...first!.assessment, functionName: each.functionName },
      decision: { decision: 'approved' as const, by: { kind: 'consent' as const, name: 'Ada' }, at: base.now },
    }));
    const { message } = composeDigest({ ...base, proposals: covered });
    expect(message).not.toContain('are alike');
    expect(message).toContain('2 functions of ');
  });

  it('counts the functions of groups that it does not show', () => {
    const night = Array.from({ length: 9 }, (_, group) =>
      withSavings([group + 1, group + 1]).map((each, at) => ({
        ...each,
        functionName: `f-${group}-${at}`,
        assessment: { ...fixtureProposals(1)[0]!.assessment, codeSha256: `code-${group}`, owner: { tool: 'sam' } },
      })),
    ).flat();
    const { message } = composeDigest({ ...base, proposals: night });
    expect(message).toContain('... and 4 further changes on the page.');
    expect(message).not.toContain('The first 10 carry');
  });
});
