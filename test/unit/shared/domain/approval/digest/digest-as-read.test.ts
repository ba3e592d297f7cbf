import type { ProposalRecord } from '../../../../../../shared/contracts/ledger.ts';
import { composeDigest, type DigestRequest } from '../../../../../../shared/domain/approval/digest/compose-digest.ts';
import { composeHtmlDigest } from '../../../../../../shared/domain/approval/digest/compose-html-digest.ts';
import { assessment, candidate, proposal, savings } from '../../../../../support/builders.ts';

const ELSEWHERE = 'arn:aws:lambda:us-east-1:222222222222:function:payments';
const COVERS = { leastMemorySizeMb: 256, mostMemorySizeMb: 1024, until: '2026-12-07T00:00:00Z' };

const saving = (functionName: string, usd: number, overrides: Partial<ProposalRecord> = {}) =>
  proposal({ functionName, savings: savings({ savingsUsdPerMonth: usd }), ...overrides });
const approvedBy = (kind: 'policy' | 'consent' | 'oidc') =>
  ({
    status: 'approved',
    decision: { decision: 'approved', by: { kind, name: 'x' }, at: '2026-11-23T03:00:00Z' },
  }) as const;

const night = (proposals: ProposalRecord[]): DigestRequest => ({
  ...{ runId: 'scheduled-2026-11-23', runDate: '2026-11-23', proposals, link: 'https://page.example/runs/x?a&b' },
  ...{ expiresAt: '2026-11-23T20:00:00Z', now: '2026-11-23T02:10:00Z', timeZone: 'UTC' },
  accountNames: { '222222222222': 'Payments' },
});
const mailOf = (proposals: ProposalRecord[]) => composeDigest(night(proposals)).message;
/** The HTML digest as a reader sees it: each paragraph, item and cell on a line of its own. */
const seen = (proposals: ProposalRecord[]): string[] => {
  const markup = composeHtmlDigest(night(proposals), composeDigest(night(proposals)));
  const [, body] = markup.split('<body');
  return body!
    .replace(/^[^>]*>/, '')
    .split(/<\/?(?:p|li|ul|td|tr|th|table|br|body|html)[^>]*>/)
    .map((line) => line.replace(/<[^>]+>/g, '').trim())
    .filter((line) => line !== '');
};

const LARGE_NIGHT = [
  saving('alpha', 2, { covers: COVERS }),
  saving('beta', 9, approvedBy('policy')),
  saving(ELSEWHERE, -3, {
    ...{ functionArn: ELSEWHERE, ...approvedBy('consent') },
    assessment: assessment({
      findingReasons: ['MemoryUnderprovisioned'],
      candidates: [candidate(512), candidate(1024)],
    }),
  }),
  ...Array.from({ length: 9 }, (_, at) => saving(`small-${9 - at}`, 0.1, { delivery: 'patch' })),
];

describe('a large night’s digest', () => {
  it('reads like this as a mail', () => {
    const small = (at: number) => [
      `small-${at}                                                    $0.10 a month`,
      '    memory 1,024 -> 512 MB, p95 not predicted, low risk, by patch only',
      '',
    ];
    expect(mailOf(LARGE_NIGHT).split('\n')).toEqual([
      'Rightsizer proposes 12 changes for the night of 23 November 2026.',
      '',
      '  Saves     about $8.90 a month ($106.80 a year)',
      '  Risk      12 low',
      '  Decide    by Mon, 23 Nov 2026, 20:00 UTC',
      '            (17 h 50 min from now)',
      '  Safety    1 function would get more memory',
      '  Policy    approved 1 change, 10 left to decide',
      '  Consent   given earlier covers 1 change, 10 left to decide',
      '',
      'The first 10 carry about $11.80 a month of what is saved (99 %).',
      '',
      'By account and region',
      '',
      'account 123456789012 in us-east-1             11 changes, $11.90 a month',
      'Payments (222222222222) in us-east-1       1 change, costs $3.00 a month',
      '',
      'Read and decide here; opening the link changes nothing:',
      '',
      'https://page.example/runs/x?a&b',
      '',
      'The largest changes',
      '',
      'beta                                                       $9.00 a month',
      '    memory 1,024 -> 512 MB, p95 not predicted, low risk',
      '',
      'alpha                                                      $2.00 a month',
      '    memory 1,024 -> 512 MB, p95 not predicted, low risk',
      '',
      ...[1, 2, 3, 4, 5].flatMap(small),
      '... and 5 further changes on the page.',
      '',
      'If nobody answers, nothing changes: what is undecided at Mon, 23 Nov',
      '2026, 20:00 UTC expires, and the next night proposes again from fresh',
      'evidence. Savings are estimates until a change has been verified in',
      'production; what got worse is rolled back.',
      '',
      'An approval also covers the further steps the page names beside a',
      'change, within its sizes and days; each is verified, and undone if',
      'worse. Tick there to be asked again instead.',
      '',
      'Once the night is over, its report is under the same link:',
      '',
      'https://page.example/runs/x?a&b/report',
      '',
      'Whoever holds this link can decide. Forward it only to people who may.',
      '',
    ]);
  });

  it('reads like this as a page of a mail program', () => {
    const change = (name: string, amount: string, more = '') => [
      ...[name, `memory 1,024 -&gt; 512 MB, p95 not predicted, low risk${more}`, amount],
    ];
    expect(seen(LARGE_NIGHT)).toEqual([
      'Rightsizer proposes 12 changes for the night of 23 November 2026, which save about $8.90 a month ($106.80 a year). Decide by Mon, 23 Nov 2026, 20:00 UTC.',
      'The first 10 carry about $11.80 a month of what is saved (99 %).',
      'account 123456789012 in us-east-1: 11 changes, $11.90 a month',
      'Payments (222222222222) in us-east-1: 1 change, costs $3.00 a month',
      '1 change covered by an earlier approval; the page shows whose.',
      '1 change approved by a policy; the page shows by which rule.',
      'Read and decide',
      'Opening the link changes nothing.',
      ...change('beta', '$9.00 a month'),
      ...change('alpha', '$2.00 a month'),
      ...[1, 2, 3, 4, 5].flatMap((at) => change(`small-${at}`, '$0.10 a month', ', by patch only')),
      '... and 5 further changes on the page.',
      'If nobody answers, nothing changes: what is undecided expires, and the next night proposes again from fresh evidence. Savings are estimates until a change has been verified in production; what got worse is rolled back.',
      'An approval also covers the further steps the page names beside a change, within its sizes and days; each is verified, and undone if worse. Tick there to be asked again instead.',
      'Once the night is over, its report is under the same link: report.',
      'Whoever holds this link can decide. Forward it only to people who may.',
    ]);
  });
});

describe('a small night’s digest', () => {
  it('says nothing that there is nothing to say of', () => {
    const quiet = [saving('alpha', 2), saving('beta', 1)];
    for (const text of [mailOf(quiet), seen(quiet).join('\n')]) {
      expect(text).not.toMatch(/Safety|Policy|Consent|policy|carry|account|further|By patch|approval/);
      expect(text).not.toMatch(/undefined|false/);
    }
    expect(mailOf(quiet)).toContain('\n\nThe changes\n\n');
    expect(mailOf(quiet.slice(0, 1))).toContain('\n\nThe change\n\n');
  });

  it('puts each change under its account and region where there are several', () => {
    const two = [saving('alpha', 1), saving(ELSEWHERE, 2, { functionArn: ELSEWHERE })];
    expect(mailOf(two).match(/^(In .*|alpha|payments)/gm)).toEqual([
      'In account 123456789012 in us-east-1:',
      'alpha',
      'In Payments (222222222222) in us-east-1:',
      'payments',
    ]);
    expect(seen(two)).toEqual(
      expect.arrayContaining(['Payments (222222222222) in us-east-1', 'account 123456789012 in us-east-1']),
    );
  });

  it('says a cost as one, and what is left to decide where nothing is', () => {
    const costly = [saving('alpha', -8, approvedBy('policy'))];
    expect(composeDigest(night(costly)).subject).toBe(
      'Rightsizer 2026-11-23: 1 change to buy safety for $8.00 a month',
    );
    expect(mailOf(costly)).toContain('  Costs     about $8.00 a month ($96.00 a year)');
    expect(mailOf(costly)).toContain('  Policy    approved 1 change, nothing is left to decide');
    expect(mailOf(costly)).toMatch(/^alpha +costs \$8\.00 a month$/m);
    expect(seen(costly)[0]).toContain('which cost about $8.00 a month ($96.00 a year)');
    const even = [saving('alpha', 0)];
    expect(composeDigest(night(even)).subject).toContain('to save $0.00 a month');
    expect(mailOf(even)).toContain('  Saves     about $0.00');
    expect(seen(even)[0]).toContain('which save about $0.00');
    expect(seen(even)).toContain('$0.00 a month');
  });

  it('speaks of further steps only while somebody can still approve them', () => {
    const warning = 'An approval also covers';
    expect(mailOf([saving('alpha', 1, { covers: COVERS })])).toContain(warning);
    expect(mailOf([saving('alpha', 1, { covers: COVERS, ...approvedBy('oidc') })])).not.toContain(warning);
  });

  it('says what the first ten carry only where there are more, and something is saved', () => {
    const equal = (count: number, usd: number) => Array.from({ length: count }, (_, at) => saving(`f${at}`, usd));
    expect(mailOf(equal(10, 1))).not.toContain('carry');
    expect(mailOf(equal(11, -1))).not.toContain('carry');
    expect(mailOf(equal(20, 1))).toContain('The first 10 carry about $10.00 a month of what is saved (50 %).');
    expect(mailOf(equal(8, 1))).toContain('... and 1 further change on the page.');
    expect(mailOf(equal(7, 1))).not.toContain('further');
  });
});
