import { composeDigest } from '../../../../../../shared/domain/approval/digest/compose-digest.ts';
import { composeHtmlDigest } from '../../../../../../shared/domain/approval/digest/compose-html-digest.ts';
import { proposal, savings } from '../../../../../support/builders.ts';

const LINK = 'https://page.example.com/runs/abc?x=1&y=2';
const request = (count: number) => ({
  runId: 'scheduled-2026-11-23',
  runDate: '2026-11-23',
  proposals: Array.from({ length: count }, (_, at) =>
    proposal({ functionName: `function-${at}`, savings: savings({ savingsUsdPerMonth: 10 + at }) }),
  ),
  link: LINK,
  expiresAt: '2026-11-23T22:00:00.000Z',
  timeZone: 'UTC',
  now: '2026-11-23T03:00:00.000Z',
});
const compose = (count: number) => {
  const digest = composeDigest(request(count));
  return { digest, html: composeHtmlDigest(request(count), digest) };
};

it('shows every function and figure that the plain text shows, and no other function', () => {
  const { digest, html } = compose(12);
  const names = (text: string) => [...new Set(text.match(/function-\d+/g))].sort();
  const amounts = (text: string) => [...new Set(text.match(/\$[\d,.]+\d/g))].sort();
  expect(names(html)).toEqual(names(digest.message));
  expect(amounts(html)).toEqual(amounts(digest.message));
  expect(html).toContain('5 further changes');
  expect(html).toContain('If nobody answers, nothing changes');
});

it('loads nothing from anywhere and runs nothing', () => {
  const { html } = compose(3);
  const link = LINK.replaceAll('&', '&amp;');
  expect(html.match(/https?:\/\/[^"<\s]+/g)).toEqual([link, `${link}/report`]);
  expect(html).not.toMatch(/<(script|img|link|iframe|form|style)/i);
});

it('escapes what comes from outside', () => {
  const hostile = { ...request(0), proposals: [proposal({ functionName: '<img src=x onerror=alert(1)>' })] };
  const html = composeHtmlDigest(hostile, { subject: '"><script>', message: '' });
  expect(html).not.toMatch(/<(img|script)/);
  expect(html).toContain('&lt;img src=x');
});

it('says what a policy approved, as the plain text does', () => {
  const decided = {
    ...request(2),
    proposals: request(2).proposals.map((each, at) =>
      at === 0
        ? {
            ...each,
            decision: {
              decision: 'approved' as const,
              by: { kind: 'policy' as const, name: 'batch jobs' },
              at: each.createdAt,
            },
          }
        : each,
    ),
  };
  const digest = composeDigest(decided);
  expect(digest.message).toContain('Policy    approved 1 change, 1 left to decide');
  expect(composeHtmlDigest(decided, digest)).toContain('1 change approved by a policy');
  expect(compose(2).digest.message).not.toContain('Policy');
});

it('asks about functions that share their code in one row', () => {
  const sharing = request(3).proposals.map((each) => ({
    ...each,
    assessment: { ...each.assessment, codeSha256: 'bundle' },
  }));
  const asked = { ...request(3), proposals: sharing };
  const html = composeHtmlDigest(asked, composeDigest(asked));
  expect(html).toContain('<strong>3 functions of the same code</strong>');
  expect(html).toContain('$33.00 a month');
  expect(html).toContain('3 of them are alike, and asked about in 1 group');
});
